-- Written by generate from what each table declares of its visibility. Edit the declaration, not this.
ALTER TABLE "engagements"."contract" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "engagements"."contract" FOR SELECT USING (((select log.every_customer()) or "engagements"."contract"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or ("engagements"."contract"."legal_entity_id" is null or "engagements"."contract"."legal_entity_id" = any((select log.legal_entities())::uuid[]))) and case (select log.audience()) when 'client' then "engagements"."contract"."status" not in ('DRAFT', 'IN_REVIEW', 'LOST') when 'partner' then "engagements"."contract"."status" not in ('DRAFT', 'IN_REVIEW', 'LOST') and "engagements"."contract"."id" = any((select log.assigned(log.employees(), 'contractId'))::uuid[]) else true end);
CREATE POLICY adding ON "engagements"."contract" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "engagements"."contract" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "engagements"."contract" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "engagements"."contract_line" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "engagements"."contract_line" FOR SELECT USING (((select log.every_customer()) or "engagements"."contract_line"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or exists (select from "engagements"."contract" where "engagements"."contract"."id" = "engagements"."contract_line"."contract_id" and ("engagements"."contract"."legal_entity_id" is null or "engagements"."contract"."legal_entity_id" = any((select log.legal_entities())::uuid[])))) and case (select log.audience()) when 'client' then exists (select from "engagements"."contract" where "engagements"."contract"."id" = "engagements"."contract_line"."contract_id" and "engagements"."contract"."status" not in ('DRAFT', 'IN_REVIEW', 'LOST')) when 'partner' then "engagements"."contract_line"."contract_id" = any((select log.assigned(log.employees(), 'contractId'))::uuid[]) and exists (select from "engagements"."contract" where "engagements"."contract"."id" = "engagements"."contract_line"."contract_id" and "engagements"."contract"."status" not in ('DRAFT', 'IN_REVIEW', 'LOST')) else true end);
CREATE POLICY adding ON "engagements"."contract_line" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "engagements"."contract_line" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "engagements"."contract_line" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "engagements"."contract_line_terms" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "engagements"."contract_line_terms" FOR SELECT USING (((select log.every_customer()) or "engagements"."contract_line_terms"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or exists (select from "engagements"."contract" where "engagements"."contract"."id" = "engagements"."contract_line_terms"."contract_id" and ("engagements"."contract"."legal_entity_id" is null or "engagements"."contract"."legal_entity_id" = any((select log.legal_entities())::uuid[])))) and case (select log.audience()) when 'client' then exists (select from "engagements"."contract" where "engagements"."contract"."id" = "engagements"."contract_line_terms"."contract_id" and "engagements"."contract"."status" not in ('DRAFT', 'IN_REVIEW', 'LOST')) when 'partner' then "engagements"."contract_line_terms"."contract_id" = any((select log.assigned(log.employees(), 'contractId'))::uuid[]) and exists (select from "engagements"."contract" where "engagements"."contract"."id" = "engagements"."contract_line_terms"."contract_id" and "engagements"."contract"."status" not in ('DRAFT', 'IN_REVIEW', 'LOST')) else true end);
CREATE POLICY adding ON "engagements"."contract_line_terms" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "engagements"."contract_line_terms" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "engagements"."contract_line_terms" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "engagements"."contract_rate" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "engagements"."contract_rate" FOR SELECT USING (((select log.every_customer()) or "engagements"."contract_rate"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or exists (select from "engagements"."contract" where "engagements"."contract"."id" = "engagements"."contract_rate"."contract_id" and ("engagements"."contract"."legal_entity_id" is null or "engagements"."contract"."legal_entity_id" = any((select log.legal_entities())::uuid[])))) and case (select log.audience()) when 'client' then exists (select from "engagements"."contract" where "engagements"."contract"."id" = "engagements"."contract_rate"."contract_id" and "engagements"."contract"."status" not in ('DRAFT', 'IN_REVIEW', 'LOST')) when 'partner' then false else true end);
CREATE POLICY adding ON "engagements"."contract_rate" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "engagements"."contract_rate" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "engagements"."contract_rate" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "engagements"."contract_version" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "engagements"."contract_version" FOR SELECT USING (((select log.every_customer()) or "engagements"."contract_version"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or exists (select from "engagements"."contract" where "engagements"."contract"."id" = "engagements"."contract_version"."contract_id" and ("engagements"."contract"."legal_entity_id" is null or "engagements"."contract"."legal_entity_id" = any((select log.legal_entities())::uuid[])))) and case (select log.audience()) when 'client' then exists (select from "engagements"."contract" where "engagements"."contract"."id" = "engagements"."contract_version"."contract_id" and "engagements"."contract"."status" not in ('DRAFT', 'IN_REVIEW', 'LOST')) when 'partner' then "engagements"."contract_version"."contract_id" = any((select log.assigned(log.employees(), 'contractId'))::uuid[]) and exists (select from "engagements"."contract" where "engagements"."contract"."id" = "engagements"."contract_version"."contract_id" and "engagements"."contract"."status" not in ('DRAFT', 'IN_REVIEW', 'LOST')) else true end);
CREATE POLICY adding ON "engagements"."contract_version" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "engagements"."contract_version" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "engagements"."contract_version" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "engagements"."customer" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "engagements"."customer" FOR SELECT USING (((select log.every_customer()) or "engagements"."customer"."id" = any((select log.customers())::uuid[])) and case (select log.audience()) when 'partner' then "engagements"."customer"."id" = any((select log.assigned(log.employees(), 'customerId'))::uuid[]) else true end);
CREATE POLICY adding ON "engagements"."customer" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "engagements"."customer" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "engagements"."customer" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "engagements"."engagement" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "engagements"."engagement" FOR SELECT USING (((select log.every_customer()) or "engagements"."engagement"."customer_id" = any((select log.customers())::uuid[])) and case (select log.audience()) when 'partner' then "engagements"."engagement"."id" = any((select log.assigned(log.employees(), 'engagementId'))::uuid[]) else true end);
CREATE POLICY adding ON "engagements"."engagement" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "engagements"."engagement" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "engagements"."engagement" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "engagements"."external_ref" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "engagements"."external_ref" FOR SELECT USING ((select log.whole_firm()) or case "engagements"."external_ref"."entity_type" when 'Customer' then exists (select from "engagements"."customer" where "engagements"."customer"."id" = "engagements"."external_ref"."entity_id") when 'Engagement' then exists (select from "engagements"."engagement" where "engagements"."engagement"."id" = "engagements"."external_ref"."entity_id") when 'Contract' then exists (select from "engagements"."contract" where "engagements"."contract"."id" = "engagements"."external_ref"."entity_id") when 'Project' then exists (select from "engagements"."project" where "engagements"."project"."id" = "engagements"."external_ref"."entity_id") when 'Task' then exists (select from "engagements"."task" where "engagements"."task"."id" = "engagements"."external_ref"."entity_id") when 'Milestone' then exists (select from "engagements"."milestone" where "engagements"."milestone"."id" = "engagements"."external_ref"."entity_id") else false end);
CREATE POLICY adding ON "engagements"."external_ref" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "engagements"."external_ref" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "engagements"."external_ref" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "engagements"."milestone" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "engagements"."milestone" FOR SELECT USING (((select log.every_customer()) or "engagements"."milestone"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or exists (select from "engagements"."contract" where "engagements"."contract"."id" = "engagements"."milestone"."contract_id" and ("engagements"."contract"."legal_entity_id" is null or "engagements"."contract"."legal_entity_id" = any((select log.legal_entities())::uuid[])))) and case (select log.audience()) when 'client' then exists (select from "engagements"."contract" where "engagements"."contract"."id" = "engagements"."milestone"."contract_id" and "engagements"."contract"."status" not in ('DRAFT', 'IN_REVIEW', 'LOST')) when 'partner' then "engagements"."milestone"."project_id" = any((select log.assigned(log.employees(), 'projectId'))::uuid[]) and exists (select from "engagements"."contract" where "engagements"."contract"."id" = "engagements"."milestone"."contract_id" and "engagements"."contract"."status" not in ('DRAFT', 'IN_REVIEW', 'LOST')) else true end);
CREATE POLICY adding ON "engagements"."milestone" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "engagements"."milestone" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "engagements"."milestone" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "engagements"."project" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "engagements"."project" FOR SELECT USING (((select log.every_customer()) or "engagements"."project"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or ("engagements"."project"."contract_id" is null or exists (select from "engagements"."contract" where "engagements"."contract"."id" = "engagements"."project"."contract_id" and ("engagements"."contract"."legal_entity_id" is null or "engagements"."contract"."legal_entity_id" = any((select log.legal_entities())::uuid[]))))) and case (select log.audience()) when 'partner' then "engagements"."project"."id" = any((select log.assigned(log.employees(), 'projectId'))::uuid[]) else true end);
CREATE POLICY adding ON "engagements"."project" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "engagements"."project" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "engagements"."project" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "engagements"."task" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "engagements"."task" FOR SELECT USING (((select log.every_customer()) or "engagements"."task"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or exists (select from "engagements"."project" where "engagements"."project"."id" = "engagements"."task"."project_id" and ("engagements"."project"."contract_id" is null or exists (select from "engagements"."contract" where "engagements"."contract"."id" = "engagements"."project"."contract_id" and ("engagements"."contract"."legal_entity_id" is null or "engagements"."contract"."legal_entity_id" = any((select log.legal_entities())::uuid[])))))) and case (select log.audience()) when 'partner' then "engagements"."task"."project_id" = any((select log.assigned(log.employees(), 'projectId'))::uuid[]) else true end);
CREATE POLICY adding ON "engagements"."task" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "engagements"."task" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "engagements"."task" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "finance"."account_balance" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "finance"."account_balance" FOR SELECT USING (((select log.every_customer()) or false) and ((select log.every_legal_entity()) or "finance"."account_balance"."legal_entity_id" = any((select log.legal_entities())::uuid[])) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
CREATE POLICY adding ON "finance"."account_balance" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "finance"."account_balance" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "finance"."account_balance" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "finance"."actual" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "finance"."actual" FOR SELECT USING (((select log.every_customer()) or "finance"."actual"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or "finance"."actual"."legal_entity_id" = any((select log.legal_entities())::uuid[])) and case (select log.audience()) when 'client' then "finance"."actual"."kind" <> 'COST' when 'partner' then false else true end);
CREATE POLICY adding ON "finance"."actual" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "finance"."actual" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "finance"."actual" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "finance"."actual_balance" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "finance"."actual_balance" FOR SELECT USING (((select log.every_customer()) or "finance"."actual_balance"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or "finance"."actual_balance"."legal_entity_id" = any((select log.legal_entities())::uuid[])) and case (select log.audience()) when 'client' then "finance"."actual_balance"."kind" <> 'COST' when 'partner' then false else true end);
CREATE POLICY adding ON "finance"."actual_balance" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "finance"."actual_balance" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "finance"."actual_balance" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "finance"."cost_center" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "finance"."cost_center" FOR SELECT USING (((select log.every_customer()) or (select log.is_known())) and ((select log.every_legal_entity()) or "finance"."cost_center"."legal_entity_id" = any((select log.legal_entities())::uuid[])) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
CREATE POLICY adding ON "finance"."cost_center" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "finance"."cost_center" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "finance"."cost_center" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "finance"."external_ref" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "finance"."external_ref" FOR SELECT USING ((select log.whole_firm()) or case "finance"."external_ref"."entity_type" when 'LegalEntity' then exists (select from "finance"."legal_entity" where "finance"."legal_entity"."id" = "finance"."external_ref"."entity_id") when 'TaxProfile' then exists (select from "finance"."tax_profile" where "finance"."tax_profile"."id" = "finance"."external_ref"."entity_id") when 'CostCenter' then exists (select from "finance"."cost_center" where "finance"."cost_center"."id" = "finance"."external_ref"."entity_id") when 'RateCard' then exists (select from "finance"."rate_card" where "finance"."rate_card"."id" = "finance"."external_ref"."entity_id") when 'Actual' then exists (select from "finance"."actual" where "finance"."actual"."id" = "finance"."external_ref"."entity_id") when 'Invoice' then exists (select from "finance"."invoice" where "finance"."invoice"."id" = "finance"."external_ref"."entity_id") when 'Payment' then exists (select from "finance"."payment" where "finance"."payment"."id" = "finance"."external_ref"."entity_id") else false end);
CREATE POLICY adding ON "finance"."external_ref" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "finance"."external_ref" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "finance"."external_ref" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "finance"."fiscal_period" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "finance"."fiscal_period" FOR SELECT USING (((select log.every_customer()) or (select log.is_known())) and ((select log.every_legal_entity()) or "finance"."fiscal_period"."legal_entity_id" = any((select log.legal_entities())::uuid[])) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
CREATE POLICY adding ON "finance"."fiscal_period" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "finance"."fiscal_period" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "finance"."fiscal_period" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "finance"."invoice" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "finance"."invoice" FOR SELECT USING (((select log.every_customer()) or "finance"."invoice"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or "finance"."invoice"."legal_entity_id" = any((select log.legal_entities())::uuid[])) and case (select log.audience()) when 'client' then "finance"."invoice"."number" <> '' when 'partner' then false else true end);
CREATE POLICY adding ON "finance"."invoice" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "finance"."invoice" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "finance"."invoice" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "finance"."invoice_line" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "finance"."invoice_line" FOR SELECT USING (((select log.every_customer()) or "finance"."invoice_line"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or exists (select from "finance"."invoice" where "finance"."invoice"."id" = "finance"."invoice_line"."invoice_id" and "finance"."invoice"."legal_entity_id" = any((select log.legal_entities())::uuid[]))) and case (select log.audience()) when 'client' then exists (select from "finance"."invoice" where "finance"."invoice"."id" = "finance"."invoice_line"."invoice_id" and "finance"."invoice"."number" <> '') when 'partner' then false else true end);
CREATE POLICY adding ON "finance"."invoice_line" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "finance"."invoice_line" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "finance"."invoice_line" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "finance"."invoice_sequence" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "finance"."invoice_sequence" FOR SELECT USING (((select log.every_customer()) or false) and ((select log.every_legal_entity()) or "finance"."invoice_sequence"."legal_entity_id" = any((select log.legal_entities())::uuid[])) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
CREATE POLICY adding ON "finance"."invoice_sequence" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "finance"."invoice_sequence" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "finance"."invoice_sequence" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "finance"."journal_entry" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "finance"."journal_entry" FOR SELECT USING (((select log.every_customer()) or "finance"."journal_entry"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or "finance"."journal_entry"."legal_entity_id" = any((select log.legal_entities())::uuid[])) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
CREATE POLICY adding ON "finance"."journal_entry" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "finance"."journal_entry" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "finance"."journal_entry" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "finance"."journal_line" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "finance"."journal_line" FOR SELECT USING (((select log.every_customer()) or "finance"."journal_line"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or "finance"."journal_line"."legal_entity_id" = any((select log.legal_entities())::uuid[])) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
CREATE POLICY adding ON "finance"."journal_line" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "finance"."journal_line" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "finance"."journal_line" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "finance"."legal_entity" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "finance"."legal_entity" FOR SELECT USING (((select log.every_customer()) or (select log.is_known())) and ((select log.every_legal_entity()) or "finance"."legal_entity"."id" = any((select log.legal_entities())::uuid[])));
CREATE POLICY adding ON "finance"."legal_entity" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "finance"."legal_entity" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "finance"."legal_entity" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "finance"."payment" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "finance"."payment" FOR SELECT USING (((select log.every_customer()) or "finance"."payment"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or "finance"."payment"."legal_entity_id" = any((select log.legal_entities())::uuid[])) and case (select log.audience()) when 'partner' then false else true end);
CREATE POLICY adding ON "finance"."payment" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "finance"."payment" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "finance"."payment" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "finance"."payment_application" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "finance"."payment_application" FOR SELECT USING (((select log.every_customer()) or "finance"."payment_application"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or exists (select from "finance"."payment" where "finance"."payment"."id" = "finance"."payment_application"."payment_id" and "finance"."payment"."legal_entity_id" = any((select log.legal_entities())::uuid[]))) and case (select log.audience()) when 'partner' then false else true end);
CREATE POLICY adding ON "finance"."payment_application" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "finance"."payment_application" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "finance"."payment_application" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "finance"."rate_card" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "finance"."rate_card" FOR SELECT USING (((select log.every_customer()) or "finance"."rate_card"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or ("finance"."rate_card"."legal_entity_id" is null or "finance"."rate_card"."legal_entity_id" = any((select log.legal_entities())::uuid[]))) and case (select log.audience()) when 'client' then "finance"."rate_card"."kind" <> 'COST' when 'partner' then false else true end);
CREATE POLICY adding ON "finance"."rate_card" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "finance"."rate_card" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "finance"."rate_card" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "finance"."rate_card_line" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "finance"."rate_card_line" FOR SELECT USING (((select log.every_customer()) or exists (select from "finance"."rate_card_version" where "finance"."rate_card_version"."id" = "finance"."rate_card_line"."rate_card_version_id" and "finance"."rate_card_version"."customer_id" = any((select log.customers())::uuid[]))) and ((select log.every_legal_entity()) or exists (select from "finance"."rate_card_version" where "finance"."rate_card_version"."id" = "finance"."rate_card_line"."rate_card_version_id" and exists (select from "finance"."rate_card" where "finance"."rate_card"."id" = "finance"."rate_card_version"."rate_card_id" and ("finance"."rate_card"."legal_entity_id" is null or "finance"."rate_card"."legal_entity_id" = any((select log.legal_entities())::uuid[]))))) and case (select log.audience()) when 'client' then exists (select from "finance"."rate_card_version" where "finance"."rate_card_version"."id" = "finance"."rate_card_line"."rate_card_version_id" and "finance"."rate_card_version"."kind" <> 'COST') when 'partner' then false else true end);
CREATE POLICY adding ON "finance"."rate_card_line" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "finance"."rate_card_line" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "finance"."rate_card_line" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "finance"."rate_card_version" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "finance"."rate_card_version" FOR SELECT USING (((select log.every_customer()) or "finance"."rate_card_version"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or exists (select from "finance"."rate_card" where "finance"."rate_card"."id" = "finance"."rate_card_version"."rate_card_id" and ("finance"."rate_card"."legal_entity_id" is null or "finance"."rate_card"."legal_entity_id" = any((select log.legal_entities())::uuid[])))) and case (select log.audience()) when 'client' then "finance"."rate_card_version"."kind" <> 'COST' when 'partner' then false else true end);
CREATE POLICY adding ON "finance"."rate_card_version" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "finance"."rate_card_version" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "finance"."rate_card_version" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "finance"."revenue_event" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "finance"."revenue_event" FOR SELECT USING (((select log.every_customer()) or "finance"."revenue_event"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or "finance"."revenue_event"."legal_entity_id" = any((select log.legal_entities())::uuid[])) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
CREATE POLICY adding ON "finance"."revenue_event" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "finance"."revenue_event" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "finance"."revenue_event" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "finance"."tax_profile" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "finance"."tax_profile" FOR SELECT USING (((select log.every_customer()) or (select log.is_known())) and ((select log.every_legal_entity()) or "finance"."tax_profile"."legal_entity_id" = any((select log.legal_entities())::uuid[])) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
CREATE POLICY adding ON "finance"."tax_profile" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "finance"."tax_profile" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "finance"."tax_profile" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "operations"."exception" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "operations"."exception" FOR SELECT USING (((select log.every_customer()) or "operations"."exception"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or ("operations"."exception"."legal_entity_id" is null or "operations"."exception"."legal_entity_id" = any((select log.legal_entities())::uuid[]))) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
CREATE POLICY adding ON "operations"."exception" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "operations"."exception" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "operations"."exception" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "operations"."exception_balance" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "operations"."exception_balance" FOR SELECT USING (((select log.every_customer()) or "operations"."exception_balance"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or false) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
CREATE POLICY adding ON "operations"."exception_balance" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "operations"."exception_balance" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "operations"."exception_balance" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "resources"."assignment" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "resources"."assignment" FOR SELECT USING (((select log.every_customer()) or "resources"."assignment"."customer_id" = any((select log.customers())::uuid[]) and "resources"."assignment"."status" <> 'CANCELLED') and ((select log.every_legal_entity()) or ("resources"."assignment"."legal_entity_id" is null or "resources"."assignment"."legal_entity_id" = any((select log.legal_entities())::uuid[]))) and case (select log.audience()) when 'partner' then "resources"."assignment"."employee_id" = any((select log.employees())::uuid[]) else true end);
CREATE POLICY adding ON "resources"."assignment" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "resources"."assignment" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "resources"."assignment" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "resources"."employee" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "resources"."employee" FOR SELECT USING (((select log.every_customer()) or exists (select from "resources"."assignment" where "resources"."assignment"."employee_id" = "resources"."employee"."id" and "resources"."assignment"."customer_id" = any((select log.customers())::uuid[]) and "resources"."assignment"."status" <> 'CANCELLED')) and ((select log.every_legal_entity()) or ("resources"."employee"."legal_entity_id" is null or "resources"."employee"."legal_entity_id" = any((select log.legal_entities())::uuid[]))) and case (select log.audience()) when 'partner' then "resources"."employee"."id" = any((select log.employees())::uuid[]) else true end);
CREATE POLICY adding ON "resources"."employee" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "resources"."employee" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "resources"."employee" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "resources"."employee_labor_category" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "resources"."employee_labor_category" FOR SELECT USING (((select log.every_customer()) or exists (select from "resources"."assignment" where "resources"."assignment"."employee_id" = "resources"."employee_labor_category"."employee_id" and "resources"."assignment"."customer_id" = any((select log.customers())::uuid[]) and "resources"."assignment"."status" <> 'CANCELLED')) and ((select log.every_legal_entity()) or exists (select from "resources"."employee" where "resources"."employee"."id" = "resources"."employee_labor_category"."employee_id" and ("resources"."employee"."legal_entity_id" is null or "resources"."employee"."legal_entity_id" = any((select log.legal_entities())::uuid[])))) and case (select log.audience()) when 'partner' then "resources"."employee_labor_category"."employee_id" = any((select log.employees())::uuid[]) else true end);
CREATE POLICY adding ON "resources"."employee_labor_category" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "resources"."employee_labor_category" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "resources"."employee_labor_category" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "resources"."external_ref" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "resources"."external_ref" FOR SELECT USING ((select log.whole_firm()) or case "resources"."external_ref"."entity_type" when 'LaborCategory' then exists (select from "resources"."labor_category" where "resources"."labor_category"."id" = "resources"."external_ref"."entity_id") when 'Employee' then exists (select from "resources"."employee" where "resources"."employee"."id" = "resources"."external_ref"."entity_id") when 'Assignment' then exists (select from "resources"."assignment" where "resources"."assignment"."id" = "resources"."external_ref"."entity_id") else false end);
CREATE POLICY adding ON "resources"."external_ref" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "resources"."external_ref" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "resources"."external_ref" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "resources"."labor_category" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "resources"."labor_category" FOR SELECT USING (((select log.every_customer()) or (select log.is_known())));
CREATE POLICY adding ON "resources"."labor_category" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "resources"."labor_category" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "resources"."labor_category" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "resources"."person" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "resources"."person" FOR SELECT USING (((select log.every_customer()) or exists (select from "resources"."employee" where "resources"."employee"."person_id" = "resources"."person"."id" and exists (select from "resources"."assignment" where "resources"."assignment"."employee_id" = "resources"."employee"."id" and "resources"."assignment"."customer_id" = any((select log.customers())::uuid[]) and "resources"."assignment"."status" <> 'CANCELLED'))) and ((select log.every_legal_entity()) or exists (select from "resources"."employee" where "resources"."employee"."person_id" = "resources"."person"."id" and ("resources"."employee"."legal_entity_id" is null or "resources"."employee"."legal_entity_id" = any((select log.legal_entities())::uuid[])))) and case (select log.audience()) when 'client' then false when 'partner' then false else true end);
CREATE POLICY adding ON "resources"."person" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "resources"."person" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "resources"."person" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "time"."entry_balance" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "time"."entry_balance" FOR SELECT USING (((select log.every_customer()) or "time"."entry_balance"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or false) and case (select log.audience()) when 'partner' then "time"."entry_balance"."employee_id" = any((select log.employees())::uuid[]) else true end);
CREATE POLICY adding ON "time"."entry_balance" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "time"."entry_balance" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "time"."entry_balance" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "time"."expense_item" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "time"."expense_item" FOR SELECT USING (((select log.every_customer()) or "time"."expense_item"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or ("time"."expense_item"."legal_entity_id" is null or "time"."expense_item"."legal_entity_id" = any((select log.legal_entities())::uuid[]))) and case (select log.audience()) when 'partner' then "time"."expense_item"."employee_id" = any((select log.employees())::uuid[]) else true end);
CREATE POLICY adding ON "time"."expense_item" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "time"."expense_item" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "time"."expense_item" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "time"."external_ref" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "time"."external_ref" FOR SELECT USING ((select log.whole_firm()) or case "time"."external_ref"."entity_type" when 'Timesheet' then exists (select from "time"."timesheet" where "time"."timesheet"."id" = "time"."external_ref"."entity_id") when 'TimesheetEntry' then exists (select from "time"."timesheet_entry" where "time"."timesheet_entry"."id" = "time"."external_ref"."entity_id") when 'ExpenseItem' then exists (select from "time"."expense_item" where "time"."expense_item"."id" = "time"."external_ref"."entity_id") else false end);
CREATE POLICY adding ON "time"."external_ref" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "time"."external_ref" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "time"."external_ref" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "time"."timesheet" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "time"."timesheet" FOR SELECT USING (((select log.every_customer()) or exists (select from "time"."timesheet_entry" where "time"."timesheet_entry"."timesheet_id" = "time"."timesheet"."id" and "time"."timesheet_entry"."customer_id" = any((select log.customers())::uuid[]))) and ((select log.every_legal_entity()) or ("time"."timesheet"."employee_id" = any((select log.employees())::uuid[]) or exists (select from "time"."timesheet_entry" where "time"."timesheet_entry"."timesheet_id" = "time"."timesheet"."id" and ("time"."timesheet_entry"."legal_entity_id" is null or "time"."timesheet_entry"."legal_entity_id" = any((select log.legal_entities())::uuid[]))))) and case (select log.audience()) when 'partner' then "time"."timesheet"."employee_id" = any((select log.employees())::uuid[]) else true end);
CREATE POLICY adding ON "time"."timesheet" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "time"."timesheet" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "time"."timesheet" FOR DELETE USING ((SELECT log.is_command()));
--> statement-breakpoint
ALTER TABLE "time"."timesheet_entry" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reading ON "time"."timesheet_entry" FOR SELECT USING (((select log.every_customer()) or "time"."timesheet_entry"."customer_id" = any((select log.customers())::uuid[])) and ((select log.every_legal_entity()) or ("time"."timesheet_entry"."legal_entity_id" is null or "time"."timesheet_entry"."legal_entity_id" = any((select log.legal_entities())::uuid[]))) and case (select log.audience()) when 'partner' then "time"."timesheet_entry"."employee_id" = any((select log.employees())::uuid[]) else true end);
CREATE POLICY adding ON "time"."timesheet_entry" FOR INSERT WITH CHECK ((SELECT log.is_command()));
CREATE POLICY changing ON "time"."timesheet_entry" FOR UPDATE USING ((SELECT log.is_command())) WITH CHECK ((SELECT log.is_command()));
CREATE POLICY removing ON "time"."timesheet_entry" FOR DELETE USING ((SELECT log.is_command()));
