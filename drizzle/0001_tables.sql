CREATE SCHEMA "engagements";

--> statement-breakpoint
CREATE SCHEMA "resources";

--> statement-breakpoint
CREATE SCHEMA "time";

--> statement-breakpoint
CREATE SCHEMA "finance";

--> statement-breakpoint
CREATE SCHEMA "operations";

--> statement-breakpoint
CREATE TABLE "engagements"."contract_line_terms" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"contract_version_id" uuid NOT NULL,
	"contract_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"line_id" uuid NOT NULL,
	"place" integer NOT NULL,
	"method" text NOT NULL,
	"kinds" text[] NOT NULL,
	"project_ids" uuid[] NOT NULL,
	"currency" text NOT NULL,
	"amount_minor" bigint,
	"not_to_exceed_minor" bigint,
	"start_date" date,
	"end_date" date,
	CONSTRAINT "contract_line_terms_once" UNIQUE("line_id","contract_version_id"),
	CONSTRAINT "contract_line_method" CHECK ("engagements"."contract_line_terms"."method" in ('TIME_AND_MATERIALS', 'FIXED_FEE', 'MILESTONE', 'RETAINER')),
	CONSTRAINT "contract_line_kinds" CHECK (cardinality("engagements"."contract_line_terms"."kinds") > 0 and "engagements"."contract_line_terms"."kinds" <@ array['TIME', 'EXPENSE', 'FEE']),
	CONSTRAINT "contract_line_amount" CHECK (case "engagements"."contract_line_terms"."method" when 'TIME_AND_MATERIALS' then "engagements"."contract_line_terms"."amount_minor" is null when 'MILESTONE' then "engagements"."contract_line_terms"."amount_minor" is null or "engagements"."contract_line_terms"."amount_minor" > 0 else "engagements"."contract_line_terms"."amount_minor" is not null and "engagements"."contract_line_terms"."amount_minor" > 0 end),
	CONSTRAINT "contract_line_limit" CHECK ("engagements"."contract_line_terms"."not_to_exceed_minor" > 0),
	CONSTRAINT "contract_line_dates" CHECK ("engagements"."contract_line_terms"."start_date" <= "engagements"."contract_line_terms"."end_date")
);

--> statement-breakpoint
CREATE TABLE "engagements"."contract_line" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"contract_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "contract_line_name" UNIQUE("contract_id","name"),
	CONSTRAINT "contract_line_of_contract" UNIQUE("id","contract_id")
);

--> statement-breakpoint
CREATE TABLE "engagements"."contract_rate" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"contract_version_id" uuid NOT NULL,
	"contract_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"line_id" uuid,
	"employee_id" uuid,
	"labor_category_id" uuid,
	"currency" text NOT NULL,
	"rate_minor" bigint NOT NULL,
	"effective_from" date NOT NULL,
	"effective_to" date,
	CONSTRAINT "contract_rate_amount" CHECK ("engagements"."contract_rate"."rate_minor" >= 0),
	CONSTRAINT "contract_rate_whom" CHECK (num_nonnulls("engagements"."contract_rate"."employee_id", "engagements"."contract_rate"."labor_category_id") <= 1 and num_nonnulls("engagements"."contract_rate"."line_id", "engagements"."contract_rate"."employee_id", "engagements"."contract_rate"."labor_category_id") >= 1),
	CONSTRAINT "contract_rate_dates" CHECK ("engagements"."contract_rate"."effective_from" <= "engagements"."contract_rate"."effective_to")
);

--> statement-breakpoint
CREATE TABLE "engagements"."contract_version" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"contract_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"effective_from" date NOT NULL,
	"effective_to" date,
	"rounding" text DEFAULT 'HALF_UP' NOT NULL,
	"rate_card_id" uuid,
	"payment_term_days" integer DEFAULT 30 NOT NULL,
	"end_date" date,
	"reason" text,
	CONSTRAINT "contract_version_number" UNIQUE("contract_id","number"),
	CONSTRAINT "contract_version_of_contract" UNIQUE("id","contract_id"),
	CONSTRAINT "contract_version_rounding" CHECK ("engagements"."contract_version"."rounding" in ('HALF_UP', 'HALF_EVEN')),
	CONSTRAINT "contract_version_payment_term" CHECK ("engagements"."contract_version"."payment_term_days" between 0 and 365),
	CONSTRAINT "contract_version_days" CHECK ("engagements"."contract_version"."effective_to" >= "engagements"."contract_version"."effective_from" - 1),
	CONSTRAINT "contract_version_end" CHECK ("engagements"."contract_version"."effective_from" <= "engagements"."contract_version"."end_date")
);

--> statement-breakpoint
CREATE TABLE "engagements"."contract" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"customer_id" uuid NOT NULL,
	"engagement_id" uuid NOT NULL,
	"legal_entity_id" uuid,
	"name" text NOT NULL,
	"status" text DEFAULT 'DRAFT' NOT NULL,
	"currency" text NOT NULL,
	"start_date" date NOT NULL,
	"internal_notes" text,
	CONSTRAINT "contract_of_engagement" UNIQUE("id","engagement_id"),
	CONSTRAINT "contract_of_customer" UNIQUE("id","customer_id"),
	CONSTRAINT "contract_status" CHECK ("engagements"."contract"."status" in ('DRAFT', 'IN_REVIEW', 'CONFIRMED', 'SUSPENDED', 'COMPLETED', 'CLOSED', 'LOST')),
	CONSTRAINT "contract_currency" CHECK ("engagements"."contract"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "contract_in_force_has_legal_entity" CHECK ("engagements"."contract"."status" in ('DRAFT', 'LOST') or "engagements"."contract"."legal_entity_id" is not null)
);

--> statement-breakpoint
CREATE TABLE "engagements"."customer" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"name" text NOT NULL,
	"status" text DEFAULT 'PROSPECT' NOT NULL,
	"parent_id" uuid,
	"currency" text,
	"legal_entity_id" uuid,
	"tax_profile_id" uuid,
	"billing_email" text,
	"billing_address" text,
	CONSTRAINT "customer_status" CHECK ("engagements"."customer"."status" in ('PROSPECT', 'ACTIVE', 'INACTIVE')),
	CONSTRAINT "customer_active_is_taxable" CHECK ("engagements"."customer"."status" <> 'ACTIVE' or ("engagements"."customer"."legal_entity_id" is not null and "engagements"."customer"."tax_profile_id" is not null))
);

--> statement-breakpoint
CREATE TABLE "engagements"."engagement" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"customer_id" uuid NOT NULL,
	"name" text NOT NULL,
	"status" text DEFAULT 'DRAFT' NOT NULL,
	"description" text,
	"start_date" date,
	"end_date" date,
	CONSTRAINT "engagement_of_customer" UNIQUE("id","customer_id"),
	CONSTRAINT "engagement_status" CHECK ("engagements"."engagement"."status" in ('DRAFT', 'ACTIVE', 'ON_HOLD', 'COMPLETED', 'CLOSED', 'CANCELLED')),
	CONSTRAINT "engagement_dates" CHECK ("engagements"."engagement"."start_date" <= "engagements"."engagement"."end_date")
);

--> statement-breakpoint
CREATE TABLE "engagements"."external_ref" (
	"system" text NOT NULL,
	"entity_type" text NOT NULL,
	"external_id" text NOT NULL,
	"entity_id" uuid NOT NULL,
	"external_version" text,
	"synced_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "external_ref_system_entity_type_external_id_pk" PRIMARY KEY("system","entity_type","external_id")
);

--> statement-breakpoint
CREATE TABLE "engagements"."milestone" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"customer_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"contract_id" uuid NOT NULL,
	"contract_line_id" uuid,
	"name" text NOT NULL,
	"status" text DEFAULT 'PLANNED' NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"planned_on" date NOT NULL,
	"reached_on" date,
	"accepted_on" date,
	CONSTRAINT "milestone_status" CHECK ("engagements"."milestone"."status" in ('PLANNED', 'REACHED', 'ACCEPTED', 'CANCELLED')),
	CONSTRAINT "milestone_amount" CHECK ("engagements"."milestone"."amount_minor" >= 0),
	CONSTRAINT "milestone_reached" CHECK (("engagements"."milestone"."status" in ('REACHED', 'ACCEPTED')) = ("engagements"."milestone"."reached_on" is not null)),
	CONSTRAINT "milestone_accepted" CHECK (("engagements"."milestone"."status" = 'ACCEPTED') = ("engagements"."milestone"."accepted_on" is not null)),
	CONSTRAINT "milestone_dates" CHECK ("engagements"."milestone"."reached_on" <= "engagements"."milestone"."accepted_on")
);

--> statement-breakpoint
CREATE TABLE "engagements"."project" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"customer_id" uuid NOT NULL,
	"engagement_id" uuid NOT NULL,
	"contract_id" uuid,
	"name" text NOT NULL,
	"status" text DEFAULT 'DRAFT' NOT NULL,
	"description" text,
	"billable" boolean DEFAULT true NOT NULL,
	"self_assign" boolean DEFAULT false NOT NULL,
	"manager_id" uuid,
	"start_date" date,
	"end_date" date,
	"internal_notes" text,
	CONSTRAINT "project_of_customer" UNIQUE("id","customer_id"),
	CONSTRAINT "project_status" CHECK ("engagements"."project"."status" in ('DRAFT', 'PROVISIONING', 'ACTIVE', 'ON_HOLD', 'COMPLETED', 'CLOSED', 'CANCELLED')),
	CONSTRAINT "project_running_is_led" CHECK ("engagements"."project"."status" not in ('ACTIVE', 'ON_HOLD') or ("engagements"."project"."contract_id" is not null and "engagements"."project"."manager_id" is not null)),
	CONSTRAINT "project_dates" CHECK ("engagements"."project"."start_date" <= "engagements"."project"."end_date")
);

--> statement-breakpoint
CREATE TABLE "engagements"."task" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"customer_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"name" text NOT NULL,
	"status" text DEFAULT 'NOT_STARTED' NOT NULL,
	"description" text,
	"billable" boolean NOT NULL,
	"start_date" date,
	"end_date" date,
	CONSTRAINT "task_status" CHECK ("engagements"."task"."status" in ('NOT_STARTED', 'IN_PROGRESS', 'DONE', 'CANCELLED')),
	CONSTRAINT "task_dates" CHECK ("engagements"."task"."start_date" <= "engagements"."task"."end_date")
);

--> statement-breakpoint
CREATE TABLE "resources"."assignment" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"employee_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"task_id" uuid,
	"customer_id" uuid NOT NULL,
	"engagement_id" uuid,
	"legal_entity_id" uuid,
	"status" text DEFAULT 'PROPOSED' NOT NULL,
	"from_date" date NOT NULL,
	"to_date" date NOT NULL,
	"weekly_seconds" bigint NOT NULL,
	CONSTRAINT "assignment_status" CHECK ("resources"."assignment"."status" in ('PROPOSED', 'TENTATIVE', 'CONFIRMED', 'ENDED', 'CANCELLED')),
	CONSTRAINT "assignment_days" CHECK ("resources"."assignment"."to_date" >= "resources"."assignment"."from_date"),
	CONSTRAINT "assignment_weekly_seconds" CHECK ("resources"."assignment"."weekly_seconds" > 0 and "resources"."assignment"."weekly_seconds" <= 604800)
);

--> statement-breakpoint
CREATE TABLE "resources"."employee_labor_category" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"employee_id" uuid NOT NULL,
	"labor_category_id" uuid NOT NULL,
	"effective_from" date NOT NULL,
	"effective_to" date
);

--> statement-breakpoint
CREATE TABLE "resources"."employee" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"person_id" uuid NOT NULL,
	"name" text NOT NULL,
	"title" text,
	"work_email" text,
	"worker_type" text DEFAULT 'EMPLOYEE' NOT NULL,
	"status" text DEFAULT 'PENDING' NOT NULL,
	"hired_on" date NOT NULL,
	"terminated_on" date,
	"weekly_seconds" bigint NOT NULL,
	"manager_id" uuid,
	"legal_entity_id" uuid,
	"cost_center_id" uuid,
	CONSTRAINT "employee_status" CHECK ("resources"."employee"."status" in ('PENDING', 'ACTIVE', 'ON_LEAVE', 'TERMINATED')),
	CONSTRAINT "employee_worker_type" CHECK ("resources"."employee"."worker_type" in ('EMPLOYEE', 'CONTRACTOR')),
	CONSTRAINT "employee_weekly_seconds" CHECK ("resources"."employee"."weekly_seconds" > 0 and "resources"."employee"."weekly_seconds" <= 604800),
	CONSTRAINT "employee_days" CHECK ("resources"."employee"."terminated_on" >= "resources"."employee"."hired_on"),
	CONSTRAINT "employee_left" CHECK ("resources"."employee"."status" <> 'TERMINATED' or "resources"."employee"."terminated_on" is not null)
);

--> statement-breakpoint
CREATE TABLE "resources"."external_ref" (
	"system" text NOT NULL,
	"entity_type" text NOT NULL,
	"external_id" text NOT NULL,
	"entity_id" uuid NOT NULL,
	"external_version" text,
	"synced_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "external_ref_system_entity_type_external_id_pk" PRIMARY KEY("system","entity_type","external_id")
);

--> statement-breakpoint
CREATE TABLE "resources"."labor_category" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "labor_category_code" UNIQUE("code")
);

--> statement-breakpoint
CREATE TABLE "resources"."person" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"legal_name" text NOT NULL
);

--> statement-breakpoint
CREATE TABLE "time"."entry_balance" (
	"customer_id" uuid NOT NULL,
	"engagement_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"employee_id" uuid NOT NULL,
	"labor_category_id" uuid,
	"status" text NOT NULL,
	"posting_status" text NOT NULL,
	"billable" boolean NOT NULL,
	"month" date NOT NULL,
	"entries" bigint NOT NULL,
	"seconds" bigint NOT NULL,
	"key" bigint GENERATED ALWAYS AS (hashtextextended(coalesce(customer_id::text, '') || '|' || coalesce(engagement_id::text, '') || '|' || coalesce(project_id::text, '') || '|' || coalesce(employee_id::text, '') || '|' || coalesce(labor_category_id::text, '') || '|' || coalesce(status, '') || '|' || coalesce(posting_status, '') || '|' || coalesce(billable::text, '') || '|' || coalesce((month - '2000-01-01'::date)::text, ''), 0)) STORED NOT NULL,
	"folded" boolean DEFAULT false NOT NULL
);

--> statement-breakpoint
CREATE TABLE "time"."project_balance" (
	"customer_id" uuid NOT NULL,
	"engagement_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"status" text NOT NULL,
	"posting_status" text NOT NULL,
	"billable" boolean NOT NULL,
	"month" date NOT NULL,
	"entries" bigint NOT NULL,
	"seconds" bigint NOT NULL,
	"key" bigint GENERATED ALWAYS AS (hashtextextended(coalesce(customer_id::text, '') || '|' || coalesce(engagement_id::text, '') || '|' || coalesce(project_id::text, '') || '|' || coalesce(status, '') || '|' || coalesce(posting_status, '') || '|' || coalesce(billable::text, '') || '|' || coalesce((month - '2000-01-01'::date)::text, ''), 0)) STORED NOT NULL,
	"folded" boolean DEFAULT false NOT NULL
);

--> statement-breakpoint
CREATE TABLE "time"."expense_item" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"employee_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"engagement_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"task_id" uuid,
	"legal_entity_id" uuid,
	"work_date" date NOT NULL,
	"notes" text,
	"billable" boolean NOT NULL,
	"category" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"receipt_checksum" text,
	"receipt_url" text,
	"status" text DEFAULT 'DRAFT' NOT NULL,
	"reimbursed_at" timestamp (3) with time zone,
	"submitted_at" timestamp (3) with time zone,
	"approved_at" timestamp (3) with time zone,
	"approved_by" uuid,
	"approved_version" integer,
	"rejection_reason" text,
	"posting_status" text DEFAULT 'NOT_POSTED' NOT NULL,
	"posted_at" timestamp (3) with time zone,
	"billed_at" timestamp (3) with time zone,
	CONSTRAINT "expense_item_status" CHECK ("time"."expense_item"."status" in ('DRAFT', 'SUBMITTED', 'APPROVED', 'REJECTED', 'REIMBURSED')),
	CONSTRAINT "expense_item_posting" CHECK ("time"."expense_item"."posting_status" in ('NOT_POSTED', 'POSTED', 'EXCEPTION')),
	CONSTRAINT "expense_item_category" CHECK ("time"."expense_item"."category" in ('TRAVEL', 'LODGING', 'MEALS', 'MILEAGE', 'SOFTWARE', 'EQUIPMENT', 'OTHER')),
	CONSTRAINT "expense_item_positive" CHECK ("time"."expense_item"."amount_minor" > 0)
);

--> statement-breakpoint
CREATE TABLE "time"."external_ref" (
	"system" text NOT NULL,
	"entity_type" text NOT NULL,
	"external_id" text NOT NULL,
	"entity_id" uuid NOT NULL,
	"external_version" text,
	"synced_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "external_ref_system_entity_type_external_id_pk" PRIMARY KEY("system","entity_type","external_id")
);

--> statement-breakpoint
CREATE TABLE "time"."timesheet_entry" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"timesheet_id" uuid NOT NULL,
	"employee_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"engagement_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"task_id" uuid,
	"legal_entity_id" uuid,
	"work_date" date NOT NULL,
	"notes" text,
	"billable" boolean NOT NULL,
	"span" text DEFAULT 'DAY' NOT NULL,
	"seconds" bigint NOT NULL,
	"labor_category_id" uuid,
	"labor_category_source" text DEFAULT 'EMPLOYEE' NOT NULL,
	"status" text DEFAULT 'DRAFT' NOT NULL,
	"recall_reason" text,
	"submitted_at" timestamp (3) with time zone,
	"approved_at" timestamp (3) with time zone,
	"approved_by" uuid,
	"approved_version" integer,
	"rejection_reason" text,
	"posting_status" text DEFAULT 'NOT_POSTED' NOT NULL,
	"posted_at" timestamp (3) with time zone,
	"billed_at" timestamp (3) with time zone,
	CONSTRAINT "timesheet_entry_status" CHECK ("time"."timesheet_entry"."status" in ('DRAFT', 'SUBMITTED', 'APPROVED', 'REJECTED', 'RECALL_REQUESTED')),
	CONSTRAINT "timesheet_entry_posting" CHECK ("time"."timesheet_entry"."posting_status" in ('NOT_POSTED', 'POSTED', 'EXCEPTION')),
	CONSTRAINT "timesheet_entry_span" CHECK ("time"."timesheet_entry"."span" in ('DAY', 'WEEK')),
	CONSTRAINT "timesheet_entry_source" CHECK ("time"."timesheet_entry"."labor_category_source" in ('EMPLOYEE', 'ENTRY')),
	CONSTRAINT "timesheet_entry_positive" CHECK ("time"."timesheet_entry"."seconds" > 0)
);

--> statement-breakpoint
CREATE TABLE "time"."timesheet" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"employee_id" uuid NOT NULL,
	"period_start" date NOT NULL,
	"period_end" date NOT NULL,
	"status" text DEFAULT 'DRAFT' NOT NULL,
	"submitted_at" timestamp (3) with time zone,
	CONSTRAINT "timesheet_status" CHECK ("time"."timesheet"."status" in ('DRAFT', 'SUBMITTED', 'PARTLY_APPROVED', 'APPROVED', 'REJECTED')),
	CONSTRAINT "timesheet_period" CHECK ("time"."timesheet"."period_end" between "time"."timesheet"."period_start" and "time"."timesheet"."period_start" + 6)
);

--> statement-breakpoint
CREATE TABLE "finance"."account_balance" (
	"legal_entity_id" uuid NOT NULL,
	"account" text NOT NULL,
	"currency" text NOT NULL,
	"month" date NOT NULL,
	"debit_minor" bigint NOT NULL,
	"credit_minor" bigint NOT NULL,
	"key" bigint GENERATED ALWAYS AS (hashtextextended(coalesce(legal_entity_id::text, '') || '|' || coalesce(account, '') || '|' || coalesce(currency, '') || '|' || coalesce((month - '2000-01-01'::date)::text, ''), 0)) STORED NOT NULL,
	"folded" boolean DEFAULT false NOT NULL
);

--> statement-breakpoint
CREATE TABLE "finance"."actual_balance" (
	"kind" text NOT NULL,
	"transaction_class" text NOT NULL,
	"status" text NOT NULL,
	"source_type" text NOT NULL,
	"legal_entity_id" uuid NOT NULL,
	"customer_id" uuid,
	"engagement_id" uuid,
	"contract_id" uuid,
	"contract_line_id" uuid,
	"project_id" uuid,
	"currency" text NOT NULL,
	"month" date NOT NULL,
	"actuals" bigint NOT NULL,
	"seconds" bigint NOT NULL,
	"amount_minor" bigint NOT NULL,
	"key" bigint GENERATED ALWAYS AS (hashtextextended(coalesce(kind, '') || '|' || coalesce(transaction_class, '') || '|' || coalesce(status, '') || '|' || coalesce(source_type, '') || '|' || coalesce(legal_entity_id::text, '') || '|' || coalesce(customer_id::text, '') || '|' || coalesce(engagement_id::text, '') || '|' || coalesce(contract_id::text, '') || '|' || coalesce(contract_line_id::text, '') || '|' || coalesce(project_id::text, '') || '|' || coalesce(currency, '') || '|' || coalesce((month - '2000-01-01'::date)::text, ''), 0)) STORED NOT NULL,
	"folded" boolean DEFAULT false NOT NULL
);

--> statement-breakpoint
CREATE TABLE "finance"."cost_balance" (
	"legal_entity_id" uuid NOT NULL,
	"customer_id" uuid,
	"project_id" uuid NOT NULL,
	"currency" text NOT NULL,
	"month" date NOT NULL,
	"amount_minor" bigint NOT NULL,
	"key" bigint GENERATED ALWAYS AS (hashtextextended(coalesce(legal_entity_id::text, '') || '|' || coalesce(customer_id::text, '') || '|' || coalesce(project_id::text, '') || '|' || coalesce(currency, '') || '|' || coalesce((month - '2000-01-01'::date)::text, ''), 0)) STORED NOT NULL,
	"folded" boolean DEFAULT false NOT NULL
);

--> statement-breakpoint
CREATE TABLE "finance"."actual" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"kind" text NOT NULL,
	"transaction_class" text NOT NULL,
	"status" text NOT NULL,
	"hold_code" text,
	"hold_reason" text,
	"source_type" text NOT NULL,
	"source_id" uuid NOT NULL,
	"source_version" integer NOT NULL,
	"pricing_revision" integer DEFAULT 1 NOT NULL,
	"billable" boolean DEFAULT true NOT NULL,
	"legal_entity_id" uuid NOT NULL,
	"customer_id" uuid,
	"engagement_id" uuid,
	"contract_id" uuid,
	"contract_line_id" uuid,
	"project_id" uuid,
	"task_id" uuid,
	"employee_id" uuid,
	"labor_category_id" uuid,
	"work_date" date NOT NULL,
	"accounting_date" date NOT NULL,
	"seconds" bigint,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"description" text,
	"price_explanation" jsonb NOT NULL,
	"invoice_id" uuid,
	"invoice_line_id" uuid,
	"reverses_id" uuid,
	"reversed_by_id" uuid,
	"reason" text,
	CONSTRAINT "actual_kind" CHECK ("finance"."actual"."kind" in ('COST', 'UNBILLED_SALES', 'BILLED_SALES')),
	CONSTRAINT "actual_class" CHECK ("finance"."actual"."transaction_class" in ('TIME', 'EXPENSE', 'FEE')),
	CONSTRAINT "actual_status" CHECK ("finance"."actual"."status" in ('NOT_READY', 'READY', 'ON_INVOICE', 'BILLED')),
	CONSTRAINT "actual_source_type" CHECK ("finance"."actual"."source_type" in ('TIMESHEET_ENTRY', 'EXPENSE_ITEM', 'MILESTONE', 'INVOICE_LINE', 'EXTERNAL')),
	CONSTRAINT "actual_hold" CHECK (("finance"."actual"."status" = 'NOT_READY') = ("finance"."actual"."hold_code" is not null))
);

--> statement-breakpoint
CREATE TABLE "finance"."cost_center" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"legal_entity_id" uuid NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"start_date" date,
	"end_date" date,
	CONSTRAINT "cost_center_dates" CHECK ("finance"."cost_center"."start_date" <= "finance"."cost_center"."end_date")
);

--> statement-breakpoint
CREATE TABLE "finance"."external_ref" (
	"system" text NOT NULL,
	"entity_type" text NOT NULL,
	"external_id" text NOT NULL,
	"entity_id" uuid NOT NULL,
	"external_version" text,
	"synced_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "external_ref_system_entity_type_external_id_pk" PRIMARY KEY("system","entity_type","external_id")
);

--> statement-breakpoint
CREATE TABLE "finance"."fiscal_period" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"legal_entity_id" uuid NOT NULL,
	"name" text NOT NULL,
	"start_date" date NOT NULL,
	"end_date" date NOT NULL,
	"status" text DEFAULT 'OPEN' NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"locked_at" timestamp (3) with time zone,
	CONSTRAINT "fiscal_period_status" CHECK ("finance"."fiscal_period"."status" in ('OPEN', 'CLOSED', 'LOCKED')),
	CONSTRAINT "fiscal_period_dates" CHECK ("finance"."fiscal_period"."start_date" <= "finance"."fiscal_period"."end_date")
);

--> statement-breakpoint
CREATE TABLE "finance"."invoice_line" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"invoice_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"kind" text NOT NULL,
	"description" text NOT NULL,
	"project_id" uuid,
	"contract_line_id" uuid,
	"labor_category_id" uuid,
	"seconds" bigint,
	"actual_count" integer NOT NULL,
	"amount_minor" bigint NOT NULL,
	"tax_minor" bigint DEFAULT 0 NOT NULL,
	"currency" text NOT NULL,
	"account" text NOT NULL,
	CONSTRAINT "invoice_line_kind" CHECK ("finance"."invoice_line"."kind" in ('TIME', 'EXPENSE', 'FEE')),
	CONSTRAINT "invoice_line_account" CHECK ("finance"."invoice_line"."account" in ('CASH', 'RECEIVABLE', 'ACCRUED_REVENUE', 'WORK_IN_PROGRESS', 'TAX_PAYABLE', 'CUSTOMER_CREDIT', 'CONTRACT_LIABILITY', 'ACCRUED_COST', 'REVENUE', 'COST_OF_SERVICES', 'INTERCOMPANY', 'OTHER'))
);

--> statement-breakpoint
CREATE TABLE "finance"."invoice_sequence" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"legal_entity_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"year" integer NOT NULL,
	"last" integer NOT NULL
);

--> statement-breakpoint
CREATE TABLE "finance"."invoice" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"kind" text NOT NULL,
	"status" text DEFAULT 'DRAFT' NOT NULL,
	"number" text DEFAULT '' NOT NULL,
	"number_year" integer,
	"number_sequence" integer,
	"customer_id" uuid NOT NULL,
	"engagement_id" uuid NOT NULL,
	"contract_id" uuid NOT NULL,
	"legal_entity_id" uuid NOT NULL,
	"tax_profile_id" uuid,
	"currency" text NOT NULL,
	"invoice_date" date NOT NULL,
	"payment_term_days" integer NOT NULL,
	"due_date" date NOT NULL,
	"cut_off_date" date NOT NULL,
	"subtotal_minor" bigint NOT NULL,
	"tax_minor" bigint DEFAULT 0 NOT NULL,
	"total_minor" bigint NOT NULL,
	"paid_minor" bigint DEFAULT 0 NOT NULL,
	"purchase_order_number" text,
	"note" text,
	"tax_failed_at" timestamp (3) with time zone,
	"tax_failure" text,
	"credit_note_id" uuid,
	"credits_id" uuid,
	"credit_reason" text,
	"journal_entry_id" uuid,
	"posted_at" timestamp (3) with time zone,
	CONSTRAINT "invoice_kind" CHECK ("finance"."invoice"."kind" in ('INVOICE', 'CREDIT_NOTE')),
	CONSTRAINT "invoice_status" CHECK ("finance"."invoice"."status" in ('DRAFT', 'VALIDATED', 'POSTED', 'PARTLY_PAID', 'PAID', 'CREDITED', 'CANCELLED')),
	CONSTRAINT "invoice_total" CHECK ("finance"."invoice"."total_minor" = "finance"."invoice"."subtotal_minor" + "finance"."invoice"."tax_minor"),
	CONSTRAINT "invoice_paid" CHECK (case "finance"."invoice"."status" when 'PAID' then "finance"."invoice"."paid_minor" = "finance"."invoice"."total_minor" and "finance"."invoice"."paid_minor" > 0
        when 'PARTLY_PAID' then "finance"."invoice"."paid_minor" > 0 and "finance"."invoice"."paid_minor" < "finance"."invoice"."total_minor" else "finance"."invoice"."paid_minor" = 0 end),
	CONSTRAINT "invoice_posted" CHECK (("finance"."invoice"."status" in ('DRAFT', 'VALIDATED', 'CANCELLED')) = ("finance"."invoice"."number" = '')
        and num_nulls("finance"."invoice"."number_year", "finance"."invoice"."number_sequence", "finance"."invoice"."journal_entry_id", "finance"."invoice"."posted_at") = case when "finance"."invoice"."number" = '' then 4 else 0 end),
	CONSTRAINT "invoice_credits" CHECK (("finance"."invoice"."kind" = 'CREDIT_NOTE') = ("finance"."invoice"."credits_id" is not null) and ("finance"."invoice"."status" = 'CREDITED') = ("finance"."invoice"."credit_note_id" is not null))
);

--> statement-breakpoint
CREATE TABLE "finance"."journal_entry" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"legal_entity_id" uuid NOT NULL,
	"posting_date" date NOT NULL,
	"description" text NOT NULL,
	"status" text DEFAULT 'DRAFT' NOT NULL,
	"source" text NOT NULL,
	"customer_id" uuid,
	"invoice_id" uuid,
	"payment_id" uuid,
	"revenue_event_id" uuid,
	"reverses_id" uuid,
	"reversed_by_id" uuid,
	"posted_at" timestamp (3) with time zone,
	CONSTRAINT "journal_entry_status" CHECK ("finance"."journal_entry"."status" in ('DRAFT', 'POSTED')),
	CONSTRAINT "journal_entry_source" CHECK ("finance"."journal_entry"."source" in ('MANUAL', 'INVOICE', 'CREDIT_NOTE', 'PAYMENT', 'PAYMENT_APPLICATION', 'REVENUE', 'REVERSAL')),
	CONSTRAINT "journal_entry_posted_at" CHECK (("finance"."journal_entry"."status" = 'POSTED') = ("finance"."journal_entry"."posted_at" is not null))
);

--> statement-breakpoint
CREATE TABLE "finance"."journal_line" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"journal_entry_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"legal_entity_id" uuid NOT NULL,
	"account" text NOT NULL,
	"debit_minor" bigint NOT NULL,
	"credit_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"customer_id" uuid,
	"contract_id" uuid,
	"project_id" uuid,
	"note" text,
	CONSTRAINT "journal_line_account" CHECK ("finance"."journal_line"."account" in ('CASH', 'RECEIVABLE', 'ACCRUED_REVENUE', 'WORK_IN_PROGRESS', 'TAX_PAYABLE', 'CUSTOMER_CREDIT', 'CONTRACT_LIABILITY', 'ACCRUED_COST', 'REVENUE', 'COST_OF_SERVICES', 'INTERCOMPANY', 'OTHER')),
	CONSTRAINT "journal_line_side" CHECK ("finance"."journal_line"."debit_minor" >= 0 and "finance"."journal_line"."credit_minor" >= 0 and ("finance"."journal_line"."debit_minor" = 0) <> ("finance"."journal_line"."credit_minor" = 0))
);

--> statement-breakpoint
CREATE TABLE "finance"."legal_entity" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"currency" text NOT NULL,
	"country_code" text NOT NULL
);

--> statement-breakpoint
CREATE TABLE "finance"."payment_application" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"payment_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"applied_on" date NOT NULL,
	"reversed_at" timestamp (3) with time zone,
	"journal_entry_id" uuid NOT NULL,
	CONSTRAINT "payment_application_amount" CHECK ("finance"."payment_application"."amount_minor" > 0)
);

--> statement-breakpoint
CREATE TABLE "finance"."payment" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"status" text DEFAULT 'RECEIVED' NOT NULL,
	"customer_id" uuid NOT NULL,
	"legal_entity_id" uuid NOT NULL,
	"amount_minor" bigint NOT NULL,
	"applied_minor" bigint DEFAULT 0 NOT NULL,
	"currency" text NOT NULL,
	"received_on" date NOT NULL,
	"method" text NOT NULL,
	"reference" text,
	"reversal_reason" text,
	"journal_entry_id" uuid NOT NULL,
	CONSTRAINT "payment_status" CHECK ("finance"."payment"."status" in ('RECEIVED', 'PARTLY_APPLIED', 'APPLIED', 'REVERSED')),
	CONSTRAINT "payment_method" CHECK ("finance"."payment"."method" in ('BANK_TRANSFER', 'CARD', 'CHECK', 'DIRECT_DEBIT', 'OTHER')),
	CONSTRAINT "payment_applied" CHECK ("finance"."payment"."amount_minor" > 0 and case "finance"."payment"."status" when 'APPLIED' then "finance"."payment"."applied_minor" = "finance"."payment"."amount_minor"
        when 'PARTLY_APPLIED' then "finance"."payment"."applied_minor" > 0 and "finance"."payment"."applied_minor" < "finance"."payment"."amount_minor" else "finance"."payment"."applied_minor" = 0 end),
	CONSTRAINT "payment_reversed" CHECK (("finance"."payment"."status" = 'REVERSED') = ("finance"."payment"."reversal_reason" is not null))
);

--> statement-breakpoint
CREATE TABLE "finance"."rate_card_line" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"rate_card_version_id" uuid NOT NULL,
	"labor_category_id" uuid,
	"employee_id" uuid,
	"rate_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	CONSTRAINT "rate_card_line_subject" CHECK (num_nonnulls("finance"."rate_card_line"."labor_category_id", "finance"."rate_card_line"."employee_id") = 1),
	CONSTRAINT "rate_card_line_rate" CHECK ("finance"."rate_card_line"."rate_minor" >= 0)
);

--> statement-breakpoint
CREATE TABLE "finance"."rate_card_version" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"rate_card_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"customer_id" uuid,
	"number" integer NOT NULL,
	"status" text DEFAULT 'DRAFT' NOT NULL,
	"effective_from" date NOT NULL,
	"effective_to" date,
	"published_at" timestamp (3) with time zone,
	CONSTRAINT "rate_card_version_status" CHECK ("finance"."rate_card_version"."status" in ('DRAFT', 'PUBLISHED', 'SUPERSEDED')),
	CONSTRAINT "rate_card_version_dates" CHECK ("finance"."rate_card_version"."effective_from" <= "finance"."rate_card_version"."effective_to")
);

--> statement-breakpoint
CREATE TABLE "finance"."rate_card" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"scope" text NOT NULL,
	"currency" text NOT NULL,
	"legal_entity_id" uuid,
	"customer_id" uuid,
	CONSTRAINT "rate_card_kind" CHECK ("finance"."rate_card"."kind" in ('SALES', 'COST')),
	CONSTRAINT "rate_card_scope" CHECK ("finance"."rate_card"."scope" in ('STANDARD', 'CUSTOMER', 'NAMED')),
	CONSTRAINT "rate_card_owner" CHECK (case "finance"."rate_card"."scope" when 'STANDARD' then "finance"."rate_card"."legal_entity_id" is not null and "finance"."rate_card"."customer_id" is null
      when 'CUSTOMER' then "finance"."rate_card"."customer_id" is not null and "finance"."rate_card"."kind" = 'SALES' else "finance"."rate_card"."kind" = 'SALES' end)
);

--> statement-breakpoint
CREATE TABLE "finance"."revenue_event" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"status" text DEFAULT 'SCHEDULED' NOT NULL,
	"method" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"engagement_id" uuid NOT NULL,
	"contract_id" uuid NOT NULL,
	"project_id" uuid,
	"milestone_id" uuid,
	"invoice_id" uuid,
	"legal_entity_id" uuid NOT NULL,
	"recognition_date" date NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"description" text NOT NULL,
	"explanation" text NOT NULL,
	"journal_entry_id" uuid,
	CONSTRAINT "revenue_event_status" CHECK ("finance"."revenue_event"."status" in ('SCHEDULED', 'PENDING_APPROVAL', 'RECOGNIZED', 'REVERSED', 'CANCELLED')),
	CONSTRAINT "revenue_event_method" CHECK ("finance"."revenue_event"."method" in ('AS_BILLED', 'STRAIGHT_LINE', 'MILESTONE', 'COST_TO_COST')),
	CONSTRAINT "revenue_event_amount" CHECK ("finance"."revenue_event"."amount_minor" <> 0),
	CONSTRAINT "revenue_event_booked" CHECK (("finance"."revenue_event"."status" in ('RECOGNIZED', 'REVERSED')) = ("finance"."revenue_event"."journal_entry_id" is not null)),
	CONSTRAINT "revenue_event_billed" CHECK (("finance"."revenue_event"."method" = 'AS_BILLED') = ("finance"."revenue_event"."invoice_id" is not null))
);

--> statement-breakpoint
CREATE TABLE "finance"."tax_profile" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"legal_entity_id" uuid NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"exempt" boolean DEFAULT false NOT NULL,
	"note" text,
	"rates" jsonb DEFAULT '[]'::jsonb NOT NULL
);

--> statement-breakpoint
CREATE TABLE "operations"."exception_balance" (
	"status" text NOT NULL,
	"code" text NOT NULL,
	"process" text NOT NULL,
	"owner" text NOT NULL,
	"customer_id" uuid,
	"currency" text,
	"exceptions" bigint NOT NULL,
	"seconds" bigint NOT NULL,
	"amount_minor" bigint NOT NULL,
	"key" bigint GENERATED ALWAYS AS (hashtextextended(coalesce(status, '') || '|' || coalesce(code, '') || '|' || coalesce(process, '') || '|' || coalesce(owner, '') || '|' || coalesce(customer_id::text, '') || '|' || coalesce(currency, ''), 0)) STORED NOT NULL,
	"folded" boolean DEFAULT false NOT NULL
);

--> statement-breakpoint
CREATE TABLE "operations"."exception" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"process" text NOT NULL,
	"code" text NOT NULL,
	"message" text NOT NULL,
	"status" text DEFAULT 'OPEN' NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"customer_id" uuid,
	"engagement_id" uuid,
	"project_id" uuid,
	"employee_id" uuid,
	"legal_entity_id" uuid,
	"owner" text NOT NULL,
	"seconds" bigint,
	"amount_minor" bigint,
	"currency" text,
	"attempts" integer DEFAULT 1 NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"dismissal_reason" text,
	"correlation_id" text NOT NULL,
	"fact_id" uuid,
	CONSTRAINT "exception_status" CHECK ("operations"."exception"."status" in ('OPEN', 'RETRYING', 'RESOLVED', 'DISMISSED'))
);

--> statement-breakpoint
ALTER TABLE "engagements"."contract_line_terms" ADD CONSTRAINT "contract_line_terms_contract" FOREIGN KEY ("contract_id","customer_id") REFERENCES "engagements"."contract"("id","customer_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "engagements"."contract_line_terms" ADD CONSTRAINT "contract_line_terms_version" FOREIGN KEY ("contract_version_id","contract_id") REFERENCES "engagements"."contract_version"("id","contract_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "engagements"."contract_line_terms" ADD CONSTRAINT "contract_line_terms_line" FOREIGN KEY ("line_id","contract_id") REFERENCES "engagements"."contract_line"("id","contract_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "engagements"."contract_line" ADD CONSTRAINT "contract_line_contract" FOREIGN KEY ("contract_id","customer_id") REFERENCES "engagements"."contract"("id","customer_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "engagements"."contract_rate" ADD CONSTRAINT "contract_rate_contract" FOREIGN KEY ("contract_id","customer_id") REFERENCES "engagements"."contract"("id","customer_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "engagements"."contract_rate" ADD CONSTRAINT "contract_rate_version" FOREIGN KEY ("contract_version_id","contract_id") REFERENCES "engagements"."contract_version"("id","contract_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "engagements"."contract_rate" ADD CONSTRAINT "contract_rate_line" FOREIGN KEY ("line_id","contract_version_id") REFERENCES "engagements"."contract_line_terms"("line_id","contract_version_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "engagements"."contract_version" ADD CONSTRAINT "contract_version_contract" FOREIGN KEY ("contract_id","customer_id") REFERENCES "engagements"."contract"("id","customer_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "engagements"."contract" ADD CONSTRAINT "contract_engagement" FOREIGN KEY ("engagement_id","customer_id") REFERENCES "engagements"."engagement"("id","customer_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "engagements"."engagement" ADD CONSTRAINT "engagement_customer_id_customer_id_fk" FOREIGN KEY ("customer_id") REFERENCES "engagements"."customer"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "engagements"."milestone" ADD CONSTRAINT "milestone_project" FOREIGN KEY ("project_id","customer_id") REFERENCES "engagements"."project"("id","customer_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "engagements"."milestone" ADD CONSTRAINT "milestone_contract" FOREIGN KEY ("contract_id","customer_id") REFERENCES "engagements"."contract"("id","customer_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "engagements"."milestone" ADD CONSTRAINT "milestone_line" FOREIGN KEY ("contract_line_id","contract_id") REFERENCES "engagements"."contract_line"("id","contract_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "engagements"."project" ADD CONSTRAINT "project_engagement" FOREIGN KEY ("engagement_id","customer_id") REFERENCES "engagements"."engagement"("id","customer_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "engagements"."project" ADD CONSTRAINT "project_contract" FOREIGN KEY ("contract_id","engagement_id") REFERENCES "engagements"."contract"("id","engagement_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "engagements"."task" ADD CONSTRAINT "task_project" FOREIGN KEY ("project_id","customer_id") REFERENCES "engagements"."project"("id","customer_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "resources"."assignment" ADD CONSTRAINT "assignment_employee_id_employee_id_fk" FOREIGN KEY ("employee_id") REFERENCES "resources"."employee"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "resources"."employee_labor_category" ADD CONSTRAINT "employee_labor_category_employee_id_employee_id_fk" FOREIGN KEY ("employee_id") REFERENCES "resources"."employee"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "resources"."employee_labor_category" ADD CONSTRAINT "employee_labor_category_labor_category_id_labor_category_id_fk" FOREIGN KEY ("labor_category_id") REFERENCES "resources"."labor_category"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "resources"."employee" ADD CONSTRAINT "employee_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "resources"."person"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "time"."timesheet_entry" ADD CONSTRAINT "timesheet_entry_timesheet_id_timesheet_id_fk" FOREIGN KEY ("timesheet_id") REFERENCES "time"."timesheet"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."actual" ADD CONSTRAINT "actual_legal_entity_id_legal_entity_id_fk" FOREIGN KEY ("legal_entity_id") REFERENCES "finance"."legal_entity"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."actual" ADD CONSTRAINT "actual_reverses_id_actual_id_fk" FOREIGN KEY ("reverses_id") REFERENCES "finance"."actual"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."actual" ADD CONSTRAINT "actual_reversed_by_id_actual_id_fk" FOREIGN KEY ("reversed_by_id") REFERENCES "finance"."actual"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."cost_center" ADD CONSTRAINT "cost_center_legal_entity_id_legal_entity_id_fk" FOREIGN KEY ("legal_entity_id") REFERENCES "finance"."legal_entity"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."fiscal_period" ADD CONSTRAINT "fiscal_period_legal_entity_id_legal_entity_id_fk" FOREIGN KEY ("legal_entity_id") REFERENCES "finance"."legal_entity"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ADD CONSTRAINT "invoice_line_invoice_id_invoice_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "finance"."invoice"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."invoice_sequence" ADD CONSTRAINT "invoice_sequence_legal_entity_id_legal_entity_id_fk" FOREIGN KEY ("legal_entity_id") REFERENCES "finance"."legal_entity"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."invoice" ADD CONSTRAINT "invoice_legal_entity_id_legal_entity_id_fk" FOREIGN KEY ("legal_entity_id") REFERENCES "finance"."legal_entity"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."invoice" ADD CONSTRAINT "invoice_credit_note_id_invoice_id_fk" FOREIGN KEY ("credit_note_id") REFERENCES "finance"."invoice"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."invoice" ADD CONSTRAINT "invoice_credits_id_invoice_id_fk" FOREIGN KEY ("credits_id") REFERENCES "finance"."invoice"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."invoice" ADD CONSTRAINT "invoice_journal_entry_id_journal_entry_id_fk" FOREIGN KEY ("journal_entry_id") REFERENCES "finance"."journal_entry"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."journal_entry" ADD CONSTRAINT "journal_entry_legal_entity_id_legal_entity_id_fk" FOREIGN KEY ("legal_entity_id") REFERENCES "finance"."legal_entity"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."journal_entry" ADD CONSTRAINT "journal_entry_reverses_id_journal_entry_id_fk" FOREIGN KEY ("reverses_id") REFERENCES "finance"."journal_entry"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."journal_entry" ADD CONSTRAINT "journal_entry_reversed_by_id_journal_entry_id_fk" FOREIGN KEY ("reversed_by_id") REFERENCES "finance"."journal_entry"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."journal_line" ADD CONSTRAINT "journal_line_journal_entry_id_journal_entry_id_fk" FOREIGN KEY ("journal_entry_id") REFERENCES "finance"."journal_entry"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."journal_line" ADD CONSTRAINT "journal_line_legal_entity_id_legal_entity_id_fk" FOREIGN KEY ("legal_entity_id") REFERENCES "finance"."legal_entity"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."payment_application" ADD CONSTRAINT "payment_application_payment_id_payment_id_fk" FOREIGN KEY ("payment_id") REFERENCES "finance"."payment"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."payment_application" ADD CONSTRAINT "payment_application_invoice_id_invoice_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "finance"."invoice"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."payment_application" ADD CONSTRAINT "payment_application_journal_entry_id_journal_entry_id_fk" FOREIGN KEY ("journal_entry_id") REFERENCES "finance"."journal_entry"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."payment" ADD CONSTRAINT "payment_legal_entity_id_legal_entity_id_fk" FOREIGN KEY ("legal_entity_id") REFERENCES "finance"."legal_entity"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."payment" ADD CONSTRAINT "payment_journal_entry_id_journal_entry_id_fk" FOREIGN KEY ("journal_entry_id") REFERENCES "finance"."journal_entry"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."rate_card_line" ADD CONSTRAINT "rate_card_line_rate_card_version_id_rate_card_version_id_fk" FOREIGN KEY ("rate_card_version_id") REFERENCES "finance"."rate_card_version"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."rate_card_version" ADD CONSTRAINT "rate_card_version_rate_card_id_rate_card_id_fk" FOREIGN KEY ("rate_card_id") REFERENCES "finance"."rate_card"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."rate_card" ADD CONSTRAINT "rate_card_legal_entity_id_legal_entity_id_fk" FOREIGN KEY ("legal_entity_id") REFERENCES "finance"."legal_entity"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."revenue_event" ADD CONSTRAINT "revenue_event_invoice_id_invoice_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "finance"."invoice"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."revenue_event" ADD CONSTRAINT "revenue_event_legal_entity_id_legal_entity_id_fk" FOREIGN KEY ("legal_entity_id") REFERENCES "finance"."legal_entity"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."revenue_event" ADD CONSTRAINT "revenue_event_journal_entry_id_journal_entry_id_fk" FOREIGN KEY ("journal_entry_id") REFERENCES "finance"."journal_entry"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."tax_profile" ADD CONSTRAINT "tax_profile_legal_entity_id_legal_entity_id_fk" FOREIGN KEY ("legal_entity_id") REFERENCES "finance"."legal_entity"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "contract_line_terms_by_place" ON "engagements"."contract_line_terms" USING btree ("contract_version_id","place");
--> statement-breakpoint
CREATE INDEX "contract_line_terms_of_contract" ON "engagements"."contract_line_terms" USING btree ("contract_id");
--> statement-breakpoint
CREATE INDEX "contract_rate_by_version" ON "engagements"."contract_rate" USING btree ("contract_version_id","id");
--> statement-breakpoint
CREATE INDEX "contract_rate_of_contract" ON "engagements"."contract_rate" USING btree ("contract_id");
--> statement-breakpoint
CREATE INDEX "contract_rate_by_line" ON "engagements"."contract_rate" USING btree ("line_id","contract_version_id");
--> statement-breakpoint
CREATE INDEX "contract_by_name" ON "engagements"."contract" USING btree ("name","id");
--> statement-breakpoint
CREATE INDEX "contract_by_customer_name" ON "engagements"."contract" USING btree ("customer_id","name","id");
--> statement-breakpoint
CREATE INDEX "contract_by_engagement_name" ON "engagements"."contract" USING btree ("engagement_id","name","id");
--> statement-breakpoint
CREATE INDEX "contract_by_status_name" ON "engagements"."contract" USING btree ("status","name","id");
--> statement-breakpoint
CREATE INDEX "contract_by_created" ON "engagements"."contract" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "contract_by_customer_created" ON "engagements"."contract" USING btree ("customer_id","created_at","id");
--> statement-breakpoint
CREATE INDEX "contract_by_engagement_created" ON "engagements"."contract" USING btree ("engagement_id","created_at","id");
--> statement-breakpoint
CREATE INDEX "contract_by_status_created" ON "engagements"."contract" USING btree ("status","created_at","id");
--> statement-breakpoint
CREATE INDEX "contract_by_start" ON "engagements"."contract" USING btree ("start_date","id");
--> statement-breakpoint
CREATE INDEX "contract_by_customer_start" ON "engagements"."contract" USING btree ("customer_id","start_date","id");
--> statement-breakpoint
CREATE INDEX "contract_by_engagement_start" ON "engagements"."contract" USING btree ("engagement_id","start_date","id");
--> statement-breakpoint
CREATE INDEX "customer_by_name" ON "engagements"."customer" USING btree ("name","id");
--> statement-breakpoint
CREATE INDEX "customer_by_parent_name" ON "engagements"."customer" USING btree ("parent_id","name","id");
--> statement-breakpoint
CREATE INDEX "customer_by_status_name" ON "engagements"."customer" USING btree ("status","name","id");
--> statement-breakpoint
CREATE INDEX "customer_by_created" ON "engagements"."customer" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "customer_by_parent_created" ON "engagements"."customer" USING btree ("parent_id","created_at","id");
--> statement-breakpoint
CREATE INDEX "customer_by_status_created" ON "engagements"."customer" USING btree ("status","created_at","id");
--> statement-breakpoint
CREATE INDEX "engagement_by_name" ON "engagements"."engagement" USING btree ("name","id");
--> statement-breakpoint
CREATE INDEX "engagement_by_customer_name" ON "engagements"."engagement" USING btree ("customer_id","name","id");
--> statement-breakpoint
CREATE INDEX "engagement_by_status_name" ON "engagements"."engagement" USING btree ("status","name","id");
--> statement-breakpoint
CREATE INDEX "engagement_by_created" ON "engagements"."engagement" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "engagement_by_customer_created" ON "engagements"."engagement" USING btree ("customer_id","created_at","id");
--> statement-breakpoint
CREATE INDEX "engagement_by_status_created" ON "engagements"."engagement" USING btree ("status","created_at","id");
--> statement-breakpoint
CREATE INDEX "external_ref_entity" ON "engagements"."external_ref" USING btree ("entity_type","entity_id");
--> statement-breakpoint
CREATE INDEX "milestone_by_name" ON "engagements"."milestone" USING btree ("name","id");
--> statement-breakpoint
CREATE INDEX "milestone_by_customer_name" ON "engagements"."milestone" USING btree ("customer_id","name","id");
--> statement-breakpoint
CREATE INDEX "milestone_by_project_name" ON "engagements"."milestone" USING btree ("project_id","name","id");
--> statement-breakpoint
CREATE INDEX "milestone_by_contract_name" ON "engagements"."milestone" USING btree ("contract_id","name","id");
--> statement-breakpoint
CREATE INDEX "milestone_by_status_name" ON "engagements"."milestone" USING btree ("status","name","id");
--> statement-breakpoint
CREATE INDEX "milestone_by_created" ON "engagements"."milestone" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "milestone_by_customer_created" ON "engagements"."milestone" USING btree ("customer_id","created_at","id");
--> statement-breakpoint
CREATE INDEX "milestone_by_project_created" ON "engagements"."milestone" USING btree ("project_id","created_at","id");
--> statement-breakpoint
CREATE INDEX "milestone_by_contract_created" ON "engagements"."milestone" USING btree ("contract_id","created_at","id");
--> statement-breakpoint
CREATE INDEX "milestone_by_status_created" ON "engagements"."milestone" USING btree ("status","created_at","id");
--> statement-breakpoint
CREATE INDEX "milestone_by_planned" ON "engagements"."milestone" USING btree ("planned_on","id");
--> statement-breakpoint
CREATE INDEX "milestone_by_customer_planned" ON "engagements"."milestone" USING btree ("customer_id","planned_on","id");
--> statement-breakpoint
CREATE INDEX "milestone_by_project_planned" ON "engagements"."milestone" USING btree ("project_id","planned_on","id");
--> statement-breakpoint
CREATE INDEX "milestone_by_contract_planned" ON "engagements"."milestone" USING btree ("contract_id","planned_on","id");
--> statement-breakpoint
CREATE INDEX "milestone_by_line" ON "engagements"."milestone" USING btree ("contract_line_id","contract_id");
--> statement-breakpoint
CREATE INDEX "project_by_name" ON "engagements"."project" USING btree ("name","id");
--> statement-breakpoint
CREATE INDEX "project_by_customer_name" ON "engagements"."project" USING btree ("customer_id","name","id");
--> statement-breakpoint
CREATE INDEX "project_by_engagement_name" ON "engagements"."project" USING btree ("engagement_id","name","id");
--> statement-breakpoint
CREATE INDEX "project_by_contract_name" ON "engagements"."project" USING btree ("contract_id","name","id");
--> statement-breakpoint
CREATE INDEX "project_by_manager_name" ON "engagements"."project" USING btree ("manager_id","name","id");
--> statement-breakpoint
CREATE INDEX "project_by_status_name" ON "engagements"."project" USING btree ("status","name","id");
--> statement-breakpoint
CREATE INDEX "project_by_created" ON "engagements"."project" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "project_by_customer_created" ON "engagements"."project" USING btree ("customer_id","created_at","id");
--> statement-breakpoint
CREATE INDEX "project_by_engagement_created" ON "engagements"."project" USING btree ("engagement_id","created_at","id");
--> statement-breakpoint
CREATE INDEX "project_by_contract_created" ON "engagements"."project" USING btree ("contract_id","created_at","id");
--> statement-breakpoint
CREATE INDEX "project_by_manager_created" ON "engagements"."project" USING btree ("manager_id","created_at","id");
--> statement-breakpoint
CREATE INDEX "project_by_status_created" ON "engagements"."project" USING btree ("status","created_at","id");
--> statement-breakpoint
CREATE INDEX "task_by_name" ON "engagements"."task" USING btree ("name","id");
--> statement-breakpoint
CREATE INDEX "task_by_customer_name" ON "engagements"."task" USING btree ("customer_id","name","id");
--> statement-breakpoint
CREATE INDEX "task_by_project_name" ON "engagements"."task" USING btree ("project_id","name","id");
--> statement-breakpoint
CREATE INDEX "task_by_status_name" ON "engagements"."task" USING btree ("status","name","id");
--> statement-breakpoint
CREATE INDEX "task_by_created" ON "engagements"."task" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "task_by_customer_created" ON "engagements"."task" USING btree ("customer_id","created_at","id");
--> statement-breakpoint
CREATE INDEX "task_by_project_created" ON "engagements"."task" USING btree ("project_id","created_at","id");
--> statement-breakpoint
CREATE INDEX "task_by_status_created" ON "engagements"."task" USING btree ("status","created_at","id");
--> statement-breakpoint
CREATE INDEX "assignment_by_from" ON "resources"."assignment" USING btree ("from_date","id");
--> statement-breakpoint
CREATE INDEX "assignment_by_to" ON "resources"."assignment" USING btree ("to_date","id");
--> statement-breakpoint
CREATE INDEX "assignment_by_created" ON "resources"."assignment" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "assignment_by_status" ON "resources"."assignment" USING btree ("status","from_date","id");
--> statement-breakpoint
CREATE INDEX "assignment_by_employee" ON "resources"."assignment" USING btree ("employee_id","from_date","id");
--> statement-breakpoint
CREATE INDEX "assignment_by_project" ON "resources"."assignment" USING btree ("project_id","from_date","id");
--> statement-breakpoint
CREATE INDEX "assignment_by_task" ON "resources"."assignment" USING btree ("task_id","from_date","id");
--> statement-breakpoint
CREATE INDEX "assignment_by_customer" ON "resources"."assignment" USING btree ("customer_id","from_date","id");
--> statement-breakpoint
CREATE INDEX "assignment_running" ON "resources"."assignment" USING btree ("to_date","id") WHERE "resources"."assignment"."status" = 'CONFIRMED';
--> statement-breakpoint
CREATE INDEX "assignment_who_serves_whom" ON "resources"."assignment" USING btree ("employee_id","customer_id") WHERE "resources"."assignment"."status" <> 'CANCELLED';
--> statement-breakpoint
CREATE UNIQUE INDEX "employee_labor_category_first_day" ON "resources"."employee_labor_category" USING btree ("employee_id","effective_from");
--> statement-breakpoint
CREATE INDEX "employee_labor_category_by_category" ON "resources"."employee_labor_category" USING btree ("labor_category_id","effective_from","id");
--> statement-breakpoint
CREATE INDEX "employee_by_name" ON "resources"."employee" USING btree ("name","id");
--> statement-breakpoint
CREATE INDEX "employee_by_hired" ON "resources"."employee" USING btree ("hired_on","id");
--> statement-breakpoint
CREATE INDEX "employee_by_created" ON "resources"."employee" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "employee_by_status" ON "resources"."employee" USING btree ("status","name","id");
--> statement-breakpoint
CREATE INDEX "employee_by_manager" ON "resources"."employee" USING btree ("manager_id","name","id");
--> statement-breakpoint
CREATE INDEX "employee_by_person" ON "resources"."employee" USING btree ("person_id","name","id");
--> statement-breakpoint
CREATE INDEX "employee_by_legal_entity" ON "resources"."employee" USING btree ("legal_entity_id","name","id");
--> statement-breakpoint
CREATE INDEX "employee_by_cost_center" ON "resources"."employee" USING btree ("cost_center_id","name","id");
--> statement-breakpoint
CREATE INDEX "external_ref_entity" ON "resources"."external_ref" USING btree ("entity_type","entity_id");
--> statement-breakpoint
CREATE INDEX "labor_category_by_code" ON "resources"."labor_category" USING btree ("code","id");
--> statement-breakpoint
CREATE INDEX "labor_category_by_name" ON "resources"."labor_category" USING btree ("name","id");
--> statement-breakpoint
CREATE INDEX "labor_category_by_created" ON "resources"."labor_category" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "entry_balance_key" ON "time"."entry_balance" USING btree ("key");
--> statement-breakpoint
CREATE INDEX "entry_balance_loose" ON "time"."entry_balance" USING btree ("key") WHERE not folded;
--> statement-breakpoint
CREATE INDEX "entry_balance_of_month" ON "time"."entry_balance" USING btree ("month");
--> statement-breakpoint
CREATE INDEX "entry_balance_of_customer" ON "time"."entry_balance" USING btree ("customer_id","month");
--> statement-breakpoint
CREATE INDEX "entry_balance_of_engagement" ON "time"."entry_balance" USING btree ("engagement_id","month");
--> statement-breakpoint
CREATE INDEX "entry_balance_of_project" ON "time"."entry_balance" USING btree ("project_id","month");
--> statement-breakpoint
CREATE INDEX "entry_balance_of_employee" ON "time"."entry_balance" USING btree ("employee_id","month");
--> statement-breakpoint
CREATE INDEX "project_balance_key" ON "time"."project_balance" USING btree ("key");
--> statement-breakpoint
CREATE INDEX "project_balance_loose" ON "time"."project_balance" USING btree ("key") WHERE not folded;
--> statement-breakpoint
CREATE INDEX "project_balance_of_month" ON "time"."project_balance" USING btree ("month");
--> statement-breakpoint
CREATE INDEX "project_balance_of_customer" ON "time"."project_balance" USING btree ("customer_id","month");
--> statement-breakpoint
CREATE INDEX "project_balance_of_engagement" ON "time"."project_balance" USING btree ("engagement_id","month");
--> statement-breakpoint
CREATE INDEX "project_balance_of_project" ON "time"."project_balance" USING btree ("project_id","month");
--> statement-breakpoint
CREATE UNIQUE INDEX "expense_item_receipt" ON "time"."expense_item" USING btree ("receipt_checksum");
--> statement-breakpoint
CREATE INDEX "expense_item_by_work_date" ON "time"."expense_item" USING btree ("work_date","id");
--> statement-breakpoint
CREATE INDEX "expense_item_by_created" ON "time"."expense_item" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "expense_item_by_customer" ON "time"."expense_item" USING btree ("customer_id","work_date","id");
--> statement-breakpoint
CREATE INDEX "expense_item_by_engagement" ON "time"."expense_item" USING btree ("engagement_id","work_date","id");
--> statement-breakpoint
CREATE INDEX "expense_item_by_project" ON "time"."expense_item" USING btree ("project_id","work_date","id");
--> statement-breakpoint
CREATE INDEX "expense_item_by_task" ON "time"."expense_item" USING btree ("task_id","work_date","id") WHERE task_id is not null;
--> statement-breakpoint
CREATE INDEX "expense_item_by_employee" ON "time"."expense_item" USING btree ("employee_id","work_date","id");
--> statement-breakpoint
CREATE INDEX "expense_item_by_status" ON "time"."expense_item" USING btree ("status","work_date","id");
--> statement-breakpoint
CREATE INDEX "external_ref_entity" ON "time"."external_ref" USING btree ("entity_type","entity_id");
--> statement-breakpoint
CREATE INDEX "timesheet_entry_by_timesheet" ON "time"."timesheet_entry" USING btree ("timesheet_id","work_date","id");
--> statement-breakpoint
CREATE INDEX "timesheet_entry_by_work_date" ON "time"."timesheet_entry" USING btree ("work_date","id");
--> statement-breakpoint
CREATE INDEX "timesheet_entry_by_created" ON "time"."timesheet_entry" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "timesheet_entry_by_customer" ON "time"."timesheet_entry" USING btree ("customer_id","work_date","id");
--> statement-breakpoint
CREATE INDEX "timesheet_entry_by_engagement" ON "time"."timesheet_entry" USING btree ("engagement_id","work_date","id");
--> statement-breakpoint
CREATE INDEX "timesheet_entry_by_project" ON "time"."timesheet_entry" USING btree ("project_id","work_date","id");
--> statement-breakpoint
CREATE INDEX "timesheet_entry_by_task" ON "time"."timesheet_entry" USING btree ("task_id","work_date","id") WHERE task_id is not null;
--> statement-breakpoint
CREATE INDEX "timesheet_entry_by_employee" ON "time"."timesheet_entry" USING btree ("employee_id","work_date","id");
--> statement-breakpoint
CREATE INDEX "timesheet_entry_open" ON "time"."timesheet_entry" USING btree ("status","work_date","id") WHERE status <> 'APPROVED';
--> statement-breakpoint
CREATE INDEX "timesheet_entry_to_post" ON "time"."timesheet_entry" USING btree ("work_date","id") WHERE status in ('APPROVED', 'RECALL_REQUESTED') and posting_status <> 'POSTED';
--> statement-breakpoint
CREATE INDEX "timesheet_entry_to_post_created" ON "time"."timesheet_entry" USING btree ("created_at","id") WHERE status in ('APPROVED', 'RECALL_REQUESTED') and posting_status <> 'POSTED';
--> statement-breakpoint
CREATE INDEX "timesheet_entry_unposted" ON "time"."timesheet_entry" USING btree ("posting_status","work_date","id") WHERE posting_status <> 'POSTED';
--> statement-breakpoint
CREATE INDEX "timesheet_entry_open_of_project" ON "time"."timesheet_entry" USING btree ("project_id") WHERE status in ('SUBMITTED', 'RECALL_REQUESTED') or (status = 'APPROVED' and posting_status <> 'POSTED');
--> statement-breakpoint
CREATE INDEX "timesheet_entry_no_category" ON "time"."timesheet_entry" USING btree ("work_date","id") WHERE labor_category_id is null;
--> statement-breakpoint
CREATE INDEX "timesheet_by_period" ON "time"."timesheet" USING btree ("period_start","id");
--> statement-breakpoint
CREATE INDEX "timesheet_by_created" ON "time"."timesheet" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "timesheet_by_employee" ON "time"."timesheet" USING btree ("employee_id","period_start","id");
--> statement-breakpoint
CREATE INDEX "timesheet_by_status" ON "time"."timesheet" USING btree ("status","period_start","id");
--> statement-breakpoint
CREATE INDEX "account_balance_key" ON "finance"."account_balance" USING btree ("key");
--> statement-breakpoint
CREATE INDEX "account_balance_loose" ON "finance"."account_balance" USING btree ("key") WHERE not folded;
--> statement-breakpoint
CREATE INDEX "account_balance_of_legal_entity" ON "finance"."account_balance" USING btree ("legal_entity_id","month");
--> statement-breakpoint
CREATE INDEX "actual_balance_key" ON "finance"."actual_balance" USING btree ("key");
--> statement-breakpoint
CREATE INDEX "actual_balance_loose" ON "finance"."actual_balance" USING btree ("key") WHERE not folded;
--> statement-breakpoint
CREATE INDEX "actual_balance_of_month" ON "finance"."actual_balance" USING btree ("month");
--> statement-breakpoint
CREATE INDEX "actual_balance_of_customer" ON "finance"."actual_balance" USING btree ("customer_id","month");
--> statement-breakpoint
CREATE INDEX "actual_balance_of_project" ON "finance"."actual_balance" USING btree ("project_id","month");
--> statement-breakpoint
CREATE INDEX "actual_balance_of_contract" ON "finance"."actual_balance" USING btree ("contract_id","month");
--> statement-breakpoint
CREATE INDEX "actual_balance_open_of_customer" ON "finance"."actual_balance" USING btree ("customer_id") WHERE kind = 'UNBILLED_SALES' and status <> 'BILLED' and customer_id is not null;
--> statement-breakpoint
CREATE INDEX "actual_balance_open_of_project" ON "finance"."actual_balance" USING btree ("project_id") WHERE kind = 'UNBILLED_SALES' and status <> 'BILLED' and project_id is not null;
--> statement-breakpoint
CREATE INDEX "actual_balance_open_of_contract" ON "finance"."actual_balance" USING btree ("contract_id") WHERE kind = 'UNBILLED_SALES' and status <> 'BILLED' and contract_id is not null;
--> statement-breakpoint
CREATE INDEX "actual_balance_of_contract_line" ON "finance"."actual_balance" USING btree ("contract_line_id") WHERE contract_line_id is not null;
--> statement-breakpoint
CREATE INDEX "cost_balance_key" ON "finance"."cost_balance" USING btree ("key");
--> statement-breakpoint
CREATE INDEX "cost_balance_loose" ON "finance"."cost_balance" USING btree ("key") WHERE not folded;
--> statement-breakpoint
CREATE INDEX "cost_balance_of_project" ON "finance"."cost_balance" USING btree ("project_id","month");
--> statement-breakpoint
CREATE UNIQUE INDEX "actual_source_once" ON "finance"."actual" USING btree ("source_type","source_id","source_version","kind") WHERE reverses_id is null and reversed_by_id is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "actual_revision_once" ON "finance"."actual" USING btree ("source_id","source_type","source_version","kind","pricing_revision") WHERE reverses_id is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "actual_reversed_once" ON "finance"."actual" USING btree ("reverses_id") WHERE reverses_id is not null;
--> statement-breakpoint
CREATE INDEX "actual_by_work_date" ON "finance"."actual" USING btree ("work_date","id");
--> statement-breakpoint
CREATE INDEX "actual_by_created" ON "finance"."actual" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "actual_of_project" ON "finance"."actual" USING btree ("project_id","work_date","id");
--> statement-breakpoint
CREATE INDEX "actual_of_contract" ON "finance"."actual" USING btree ("contract_id","work_date","id");
--> statement-breakpoint
CREATE INDEX "actual_of_customer" ON "finance"."actual" USING btree ("customer_id","work_date","id");
--> statement-breakpoint
CREATE INDEX "actual_of_engagement" ON "finance"."actual" USING btree ("engagement_id","work_date","id");
--> statement-breakpoint
CREATE INDEX "actual_of_employee" ON "finance"."actual" USING btree ("employee_id","work_date","id");
--> statement-breakpoint
CREATE INDEX "actual_of_source" ON "finance"."actual" USING btree ("source_id","work_date","id");
--> statement-breakpoint
CREATE INDEX "actual_of_invoice_line" ON "finance"."actual" USING btree ("invoice_line_id","work_date","id") WHERE invoice_line_id is not null;
--> statement-breakpoint
CREATE INDEX "actual_to_bill" ON "finance"."actual" USING btree ("contract_id","work_date") WHERE kind = 'UNBILLED_SALES' and status = 'READY' and reverses_id is null and reversed_by_id is null;
--> statement-breakpoint
CREATE INDEX "actual_unbilled_of_project" ON "finance"."actual" USING btree ("project_id","work_date") WHERE kind = 'UNBILLED_SALES' and status <> 'BILLED' and reverses_id is null and reversed_by_id is null and project_id is not null;
--> statement-breakpoint
CREATE INDEX "actual_unbilled_of_contract" ON "finance"."actual" USING btree ("contract_id","work_date") WHERE kind = 'UNBILLED_SALES' and status <> 'BILLED' and reverses_id is null and reversed_by_id is null and contract_id is not null;
--> statement-breakpoint
CREATE INDEX "actual_unbilled_of_customer" ON "finance"."actual" USING btree ("customer_id","work_date") WHERE kind = 'UNBILLED_SALES' and status <> 'BILLED' and reverses_id is null and reversed_by_id is null and customer_id is not null;
--> statement-breakpoint
CREATE INDEX "actual_on_invoice" ON "finance"."actual" USING btree ("project_id","invoice_id") WHERE kind = 'UNBILLED_SALES' and status = 'ON_INVOICE';
--> statement-breakpoint
CREATE INDEX "actual_of_invoice" ON "finance"."actual" USING btree ("invoice_id","work_date","id") WHERE invoice_id is not null;
--> statement-breakpoint
CREATE INDEX "actual_of_class" ON "finance"."actual" USING btree ("transaction_class","work_date","id") WHERE transaction_class <> 'TIME';
--> statement-breakpoint
CREATE INDEX "actual_of_source_type" ON "finance"."actual" USING btree ("source_type","work_date","id") WHERE source_type <> 'TIMESHEET_ENTRY';
--> statement-breakpoint
CREATE INDEX "actual_reversed" ON "finance"."actual" USING btree ("work_date","id") WHERE num_nonnulls(reverses_id, reversed_by_id) > 0;
--> statement-breakpoint
CREATE INDEX "actual_cost_of_project" ON "finance"."actual" USING btree ("project_id","accounting_date") WHERE kind = 'COST';
--> statement-breakpoint
CREATE INDEX "actual_of_period" ON "finance"."actual" USING btree ("legal_entity_id","accounting_date");
--> statement-breakpoint
CREATE UNIQUE INDEX "cost_center_code" ON "finance"."cost_center" USING btree ("legal_entity_id","code");
--> statement-breakpoint
CREATE INDEX "cost_center_by_code" ON "finance"."cost_center" USING btree ("code","id");
--> statement-breakpoint
CREATE INDEX "cost_center_by_name" ON "finance"."cost_center" USING btree ("name","id");
--> statement-breakpoint
CREATE INDEX "external_ref_entity" ON "finance"."external_ref" USING btree ("entity_type","entity_id");
--> statement-breakpoint
CREATE INDEX "fiscal_period_by_start" ON "finance"."fiscal_period" USING btree ("start_date","id");
--> statement-breakpoint
CREATE INDEX "fiscal_period_by_legal_entity" ON "finance"."fiscal_period" USING btree ("legal_entity_id","start_date","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "invoice_line_position" ON "finance"."invoice_line" USING btree ("invoice_id","position");
--> statement-breakpoint
CREATE INDEX "invoice_line_by_position" ON "finance"."invoice_line" USING btree ("invoice_id","position","id");
--> statement-breakpoint
CREATE INDEX "invoice_line_of_project" ON "finance"."invoice_line" USING btree ("project_id","invoice_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "invoice_sequence_series" ON "finance"."invoice_sequence" USING btree ("legal_entity_id","kind","year");
--> statement-breakpoint
CREATE UNIQUE INDEX "invoice_number" ON "finance"."invoice" USING btree ("legal_entity_id","number") WHERE number <> '';
--> statement-breakpoint
CREATE UNIQUE INDEX "invoice_sequence_number" ON "finance"."invoice" USING btree ("legal_entity_id","kind","number_year","number_sequence") WHERE number <> '';
--> statement-breakpoint
CREATE UNIQUE INDEX "invoice_credited_once" ON "finance"."invoice" USING btree ("credits_id") WHERE credits_id is not null;
--> statement-breakpoint
CREATE INDEX "invoice_by_date" ON "finance"."invoice" USING btree ("invoice_date","id");
--> statement-breakpoint
CREATE INDEX "invoice_by_due" ON "finance"."invoice" USING btree ("due_date","id");
--> statement-breakpoint
CREATE INDEX "invoice_by_number" ON "finance"."invoice" USING btree ("number","id");
--> statement-breakpoint
CREATE INDEX "invoice_by_total" ON "finance"."invoice" USING btree ("total_minor","id");
--> statement-breakpoint
CREATE INDEX "invoice_by_created" ON "finance"."invoice" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "invoice_of_customer" ON "finance"."invoice" USING btree ("customer_id","invoice_date","id");
--> statement-breakpoint
CREATE INDEX "invoice_of_contract" ON "finance"."invoice" USING btree ("contract_id","invoice_date","id");
--> statement-breakpoint
CREATE INDEX "invoice_of_engagement" ON "finance"."invoice" USING btree ("engagement_id","invoice_date","id");
--> statement-breakpoint
CREATE INDEX "invoice_of_legal_entity" ON "finance"."invoice" USING btree ("legal_entity_id","invoice_date","id");
--> statement-breakpoint
CREATE INDEX "invoice_to_be_paid" ON "finance"."invoice" USING btree ("customer_id","due_date") WHERE status in ('POSTED', 'PARTLY_PAID') and kind = 'INVOICE';
--> statement-breakpoint
CREATE INDEX "invoice_unposted" ON "finance"."invoice" USING btree ("legal_entity_id","invoice_date") WHERE status in ('DRAFT', 'VALIDATED');
--> statement-breakpoint
CREATE UNIQUE INDEX "journal_entry_reversed_once" ON "finance"."journal_entry" USING btree ("reverses_id") WHERE reverses_id is not null;
--> statement-breakpoint
CREATE INDEX "journal_entry_by_date" ON "finance"."journal_entry" USING btree ("posting_date","id");
--> statement-breakpoint
CREATE INDEX "journal_entry_by_created" ON "finance"."journal_entry" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "journal_entry_draft" ON "finance"."journal_entry" USING btree ("legal_entity_id","posting_date") WHERE status = 'DRAFT';
--> statement-breakpoint
CREATE INDEX "journal_entry_of_customer" ON "finance"."journal_entry" USING btree ("customer_id","posting_date","id");
--> statement-breakpoint
CREATE INDEX "journal_entry_of_legal_entity" ON "finance"."journal_entry" USING btree ("legal_entity_id","posting_date","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "journal_line_position" ON "finance"."journal_line" USING btree ("journal_entry_id","position");
--> statement-breakpoint
CREATE INDEX "journal_line_of_entry" ON "finance"."journal_line" USING btree ("journal_entry_id","position","id");
--> statement-breakpoint
CREATE INDEX "journal_line_of_account" ON "finance"."journal_line" USING btree ("legal_entity_id","account","currency");
--> statement-breakpoint
CREATE INDEX "journal_line_of_customer" ON "finance"."journal_line" USING btree ("customer_id","legal_entity_id","account");
--> statement-breakpoint
CREATE INDEX "journal_line_of_contract" ON "finance"."journal_line" USING btree ("contract_id","account");
--> statement-breakpoint
CREATE UNIQUE INDEX "legal_entity_code" ON "finance"."legal_entity" USING btree ("code");
--> statement-breakpoint
CREATE INDEX "legal_entity_by_name" ON "finance"."legal_entity" USING btree ("name","id");
--> statement-breakpoint
CREATE INDEX "payment_application_of_payment" ON "finance"."payment_application" USING btree ("payment_id","applied_on","id");
--> statement-breakpoint
CREATE INDEX "payment_application_of_invoice" ON "finance"."payment_application" USING btree ("invoice_id","applied_on","id");
--> statement-breakpoint
CREATE INDEX "payment_by_received" ON "finance"."payment" USING btree ("received_on","id");
--> statement-breakpoint
CREATE INDEX "payment_by_amount" ON "finance"."payment" USING btree ("amount_minor","id");
--> statement-breakpoint
CREATE INDEX "payment_by_created" ON "finance"."payment" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "payment_of_customer" ON "finance"."payment" USING btree ("customer_id","received_on","id");
--> statement-breakpoint
CREATE INDEX "payment_unapplied" ON "finance"."payment" USING btree ("customer_id") WHERE status in ('RECEIVED', 'PARTLY_APPLIED');
--> statement-breakpoint
CREATE UNIQUE INDEX "rate_card_line_category" ON "finance"."rate_card_line" USING btree ("rate_card_version_id","labor_category_id") WHERE labor_category_id is not null;
--> statement-breakpoint
CREATE UNIQUE INDEX "rate_card_line_employee" ON "finance"."rate_card_line" USING btree ("rate_card_version_id","employee_id") WHERE employee_id is not null;
--> statement-breakpoint
CREATE UNIQUE INDEX "rate_card_version_number" ON "finance"."rate_card_version" USING btree ("rate_card_id","number");
--> statement-breakpoint
CREATE UNIQUE INDEX "rate_card_version_date" ON "finance"."rate_card_version" USING btree ("rate_card_id","effective_from");
--> statement-breakpoint
CREATE INDEX "rate_card_version_by_date" ON "finance"."rate_card_version" USING btree ("effective_from","id");
--> statement-breakpoint
CREATE INDEX "rate_card_version_of_card" ON "finance"."rate_card_version" USING btree ("rate_card_id","effective_from","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "rate_card_standard" ON "finance"."rate_card" USING btree ("legal_entity_id","kind","currency") WHERE scope = 'STANDARD';
--> statement-breakpoint
CREATE UNIQUE INDEX "rate_card_of_customer" ON "finance"."rate_card" USING btree ("customer_id","currency") WHERE scope = 'CUSTOMER';
--> statement-breakpoint
CREATE INDEX "rate_card_by_name" ON "finance"."rate_card" USING btree ("name","id");
--> statement-breakpoint
CREATE INDEX "rate_card_by_created" ON "finance"."rate_card" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "rate_card_by_customer" ON "finance"."rate_card" USING btree ("customer_id","name","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "revenue_event_of_milestone" ON "finance"."revenue_event" USING btree ("milestone_id") WHERE status not in ('REVERSED', 'CANCELLED');
--> statement-breakpoint
CREATE UNIQUE INDEX "revenue_event_of_invoice" ON "finance"."revenue_event" USING btree ("invoice_id");
--> statement-breakpoint
CREATE INDEX "revenue_event_by_date" ON "finance"."revenue_event" USING btree ("recognition_date","id");
--> statement-breakpoint
CREATE INDEX "revenue_event_by_amount" ON "finance"."revenue_event" USING btree ("amount_minor","id");
--> statement-breakpoint
CREATE INDEX "revenue_event_by_created" ON "finance"."revenue_event" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "revenue_event_of_contract" ON "finance"."revenue_event" USING btree ("contract_id","recognition_date","id");
--> statement-breakpoint
CREATE INDEX "revenue_event_of_customer" ON "finance"."revenue_event" USING btree ("customer_id","recognition_date","id");
--> statement-breakpoint
CREATE INDEX "revenue_event_of_project" ON "finance"."revenue_event" USING btree ("project_id","recognition_date","id");
--> statement-breakpoint
CREATE INDEX "revenue_event_measured" ON "finance"."revenue_event" USING btree ("project_id") WHERE method = 'COST_TO_COST';
--> statement-breakpoint
CREATE UNIQUE INDEX "tax_profile_code" ON "finance"."tax_profile" USING btree ("legal_entity_id","code");
--> statement-breakpoint
CREATE INDEX "tax_profile_by_code" ON "finance"."tax_profile" USING btree ("code","id");
--> statement-breakpoint
CREATE INDEX "tax_profile_by_name" ON "finance"."tax_profile" USING btree ("name","id");
--> statement-breakpoint
CREATE INDEX "exception_balance_key" ON "operations"."exception_balance" USING btree ("key");
--> statement-breakpoint
CREATE INDEX "exception_balance_loose" ON "operations"."exception_balance" USING btree ("key") WHERE not folded;
--> statement-breakpoint
CREATE INDEX "exception_balance_of_customer" ON "operations"."exception_balance" USING btree ("customer_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "exception_standing" ON "operations"."exception" USING btree ("process","subject_type","subject_id") WHERE status in ('OPEN', 'RETRYING');
--> statement-breakpoint
CREATE INDEX "exception_by_last" ON "operations"."exception" USING btree ("last_seen_at","id");
--> statement-breakpoint
CREATE INDEX "exception_by_first" ON "operations"."exception" USING btree ("first_seen_at","id");
--> statement-breakpoint
CREATE INDEX "exception_by_code" ON "operations"."exception" USING btree ("code","id");
--> statement-breakpoint
CREATE INDEX "exception_by_status" ON "operations"."exception" USING btree ("status","last_seen_at","id");
--> statement-breakpoint
CREATE INDEX "exception_by_customer" ON "operations"."exception" USING btree ("customer_id","last_seen_at","id");
--> statement-breakpoint
CREATE INDEX "exception_by_project" ON "operations"."exception" USING btree ("project_id","last_seen_at","id");
--> statement-breakpoint
CREATE INDEX "exception_by_employee" ON "operations"."exception" USING btree ("employee_id","last_seen_at","id");
--> statement-breakpoint
CREATE INDEX "exception_by_subject" ON "operations"."exception" USING btree ("subject_id","last_seen_at","id");
--> statement-breakpoint
CREATE INDEX "exception_by_correlation" ON "operations"."exception" USING btree ("correlation_id","last_seen_at","id");
