-- Balances: sums that are asked for often, kept in the transaction of the rows that they are the sums of, by statement-level triggers that no writer can forget.
-- A trigger only ever adds rows of differences, so that writers neither wait for each other nor deadlock; the worker folds the rows of a key into one.
-- Each balance has a view "..._due" that says from the rows what it must be: the check and the repair go by it. docs/adr/0019-balances.md

-- == finance: actuals that count, by what summaries and limits group by ==

CREATE VIEW finance.actual_balance_due AS
  SELECT kind, transaction_class, status, source_type, legal_entity_id, customer_id, engagement_id, contract_id, contract_line_id, project_id, currency,
    date_trunc('month', work_date)::date AS month, count(*) AS actuals, coalesce(sum(seconds), 0)::bigint AS seconds, sum(amount_minor)::bigint AS amount_minor
  FROM finance.actual WHERE reverses_id IS NULL AND reversed_by_id IS NULL
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12;

-- Cost never moves: a reversal is a row of its own, on its own day of the books.
CREATE VIEW finance.cost_balance_due AS
  SELECT legal_entity_id, customer_id, project_id, currency, date_trunc('month', accounting_date)::date AS month, sum(amount_minor)::bigint AS amount_minor
  FROM finance.actual WHERE kind = 'COST' AND project_id IS NOT NULL
  GROUP BY 1, 2, 3, 4, 5 HAVING sum(amount_minor) <> 0;

CREATE FUNCTION finance.actual_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO finance.actual_balance (kind, transaction_class, status, source_type, legal_entity_id, customer_id, engagement_id, contract_id, contract_line_id, project_id,
    currency, month, actuals, seconds, amount_minor)
  SELECT kind, transaction_class, status, source_type, legal_entity_id, customer_id, engagement_id, contract_id, contract_line_id, project_id,
    currency, date_trunc('month', work_date)::date AS month, count(*), coalesce(sum(seconds), 0), sum(amount_minor)
  FROM added WHERE reverses_id IS NULL AND reversed_by_id IS NULL
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12;
  INSERT INTO finance.cost_balance (legal_entity_id, customer_id, project_id, currency, month, amount_minor)
  SELECT legal_entity_id, customer_id, project_id, currency, date_trunc('month', accounting_date)::date, sum(amount_minor)
  FROM added WHERE kind = 'COST' AND project_id IS NOT NULL
  GROUP BY 1, 2, 3, 4, 5 HAVING sum(amount_minor) <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER actual_added AFTER INSERT ON finance.actual REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION finance.actual_added();

CREATE FUNCTION finance.actual_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO finance.actual_balance (kind, transaction_class, status, source_type, legal_entity_id, customer_id, engagement_id, contract_id, contract_line_id, project_id,
    currency, month, actuals, seconds, amount_minor)
  SELECT kind, transaction_class, status, source_type, legal_entity_id, customer_id, engagement_id, contract_id, contract_line_id, project_id,
    currency, date_trunc('month', work_date)::date AS month, sum(sign), coalesce(sum(sign * seconds), 0), sum(sign * amount_minor)
  FROM (
    SELECT kind, transaction_class, status, source_type, legal_entity_id, customer_id, engagement_id, contract_id, contract_line_id, project_id, currency, work_date,
      seconds, amount_minor, 1 AS sign FROM after WHERE reverses_id IS NULL AND reversed_by_id IS NULL
    UNION ALL
    SELECT kind, transaction_class, status, source_type, legal_entity_id, customer_id, engagement_id, contract_id, contract_line_id, project_id, currency, work_date,
      seconds, amount_minor, -1 FROM before WHERE reverses_id IS NULL AND reversed_by_id IS NULL
  ) AS moved
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
  HAVING sum(sign) <> 0 OR coalesce(sum(sign * seconds), 0) <> 0 OR sum(sign * amount_minor) <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER actual_moved AFTER UPDATE ON finance.actual REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION finance.actual_moved();

-- == finance: the posted journal, by account and month ==

CREATE VIEW finance.account_balance_due AS
  SELECT line.legal_entity_id, line.account, line.currency, date_trunc('month', entry.posting_date)::date AS month,
    sum(line.debit_minor)::bigint AS debit_minor, sum(line.credit_minor)::bigint AS credit_minor
  FROM finance.journal_line line JOIN finance.journal_entry entry ON entry.id = line.journal_entry_id WHERE entry.status = 'POSTED'
  GROUP BY 1, 2, 3, 4;

-- A line belongs to a DRAFT entry while it changes, and a posted entry is final: so posting is the one moment that moves balances.
CREATE FUNCTION finance.journal_posted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO finance.account_balance (legal_entity_id, account, currency, month, debit_minor, credit_minor)
  SELECT line.legal_entity_id, line.account, line.currency, date_trunc('month', after.posting_date)::date, sum(line.debit_minor), sum(line.credit_minor)
  FROM after JOIN before ON before.id = after.id JOIN finance.journal_line line ON line.journal_entry_id = after.id
  WHERE after.status = 'POSTED' AND before.status <> 'POSTED'
  GROUP BY 1, 2, 3, 4;
  RETURN NULL;
END $$;
CREATE TRIGGER journal_posted AFTER UPDATE ON finance.journal_entry REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION finance.journal_posted();

-- == time: entries that posting is through with, by what summaries group by; once more without the people, who make the balances of a large project as many as its entries ==
-- The others move too often to be summed at each step, and are few: readers sum them off a partial index.

CREATE VIEW time.entry_balance_due AS
  SELECT customer_id, engagement_id, project_id, employee_id, labor_category_id, status, posting_status, billable, date_trunc('month', work_date)::date AS month,
    count(*) AS entries, sum(seconds)::bigint AS seconds
  FROM time.timesheet_entry WHERE posting_status <> 'NOT_POSTED' GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9;

CREATE VIEW time.project_balance_due AS
  SELECT customer_id, engagement_id, project_id, status, posting_status, billable, date_trunc('month', work_date)::date AS month,
    count(*) AS entries, sum(seconds)::bigint AS seconds
  FROM time.timesheet_entry WHERE posting_status <> 'NOT_POSTED' GROUP BY 1, 2, 3, 4, 5, 6, 7;

CREATE FUNCTION time.entry_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  WITH people AS (
    INSERT INTO time.entry_balance (customer_id, engagement_id, project_id, employee_id, labor_category_id, status, posting_status, billable, month, entries, seconds)
    SELECT customer_id, engagement_id, project_id, employee_id, labor_category_id, status, posting_status, billable, date_trunc('month', work_date)::date, count(*), sum(seconds)
    FROM added WHERE posting_status <> 'NOT_POSTED' GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
    RETURNING customer_id, engagement_id, project_id, status, posting_status, billable, month, entries, seconds)
  INSERT INTO time.project_balance (customer_id, engagement_id, project_id, status, posting_status, billable, month, entries, seconds)
  SELECT customer_id, engagement_id, project_id, status, posting_status, billable, month, sum(entries), sum(seconds) FROM people GROUP BY 1, 2, 3, 4, 5, 6, 7
  HAVING sum(entries) <> 0 OR sum(seconds) <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER entry_added AFTER INSERT ON time.timesheet_entry REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION time.entry_added();

CREATE FUNCTION time.entry_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  WITH people AS (
    INSERT INTO time.entry_balance (customer_id, engagement_id, project_id, employee_id, labor_category_id, status, posting_status, billable, month, entries, seconds)
    SELECT customer_id, engagement_id, project_id, employee_id, labor_category_id, status, posting_status, billable, date_trunc('month', work_date)::date, -count(*), -sum(seconds)
    FROM removed WHERE posting_status <> 'NOT_POSTED' GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
    RETURNING customer_id, engagement_id, project_id, status, posting_status, billable, month, entries, seconds)
  INSERT INTO time.project_balance (customer_id, engagement_id, project_id, status, posting_status, billable, month, entries, seconds)
  SELECT customer_id, engagement_id, project_id, status, posting_status, billable, month, sum(entries), sum(seconds) FROM people GROUP BY 1, 2, 3, 4, 5, 6, 7
  HAVING sum(entries) <> 0 OR sum(seconds) <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER entry_removed AFTER DELETE ON time.timesheet_entry REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION time.entry_removed();

CREATE FUNCTION time.entry_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  WITH people AS (
    INSERT INTO time.entry_balance (customer_id, engagement_id, project_id, employee_id, labor_category_id, status, posting_status, billable, month, entries, seconds)
    SELECT customer_id, engagement_id, project_id, employee_id, labor_category_id, status, posting_status, billable, date_trunc('month', work_date)::date,
      sum(sign), sum(sign * seconds)
    FROM (
      SELECT customer_id, engagement_id, project_id, employee_id, labor_category_id, status, posting_status, billable, work_date, seconds, 1 AS sign FROM after
        WHERE posting_status <> 'NOT_POSTED'
      UNION ALL
      SELECT customer_id, engagement_id, project_id, employee_id, labor_category_id, status, posting_status, billable, work_date, seconds, -1 FROM before
        WHERE posting_status <> 'NOT_POSTED'
    ) AS moved
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
    HAVING sum(sign) <> 0 OR sum(sign * seconds) <> 0
    RETURNING customer_id, engagement_id, project_id, status, posting_status, billable, month, entries, seconds)
  INSERT INTO time.project_balance (customer_id, engagement_id, project_id, status, posting_status, billable, month, entries, seconds)
  SELECT customer_id, engagement_id, project_id, status, posting_status, billable, month, sum(entries), sum(seconds) FROM people GROUP BY 1, 2, 3, 4, 5, 6, 7
  HAVING sum(entries) <> 0 OR sum(seconds) <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER entry_moved AFTER UPDATE ON time.timesheet_entry REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION time.entry_moved();

-- == operations: exceptions, by what the desk groups by ==

CREATE VIEW operations.exception_balance_due AS
  SELECT status, code, process, owner, customer_id, currency, count(*) AS exceptions, coalesce(sum(seconds), 0)::bigint AS seconds, coalesce(sum(amount_minor), 0)::bigint AS amount_minor
  FROM operations.exception GROUP BY 1, 2, 3, 4, 5, 6;

CREATE FUNCTION operations.exception_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO operations.exception_balance (status, code, process, owner, customer_id, currency, exceptions, seconds, amount_minor)
  SELECT status, code, process, owner, customer_id, currency, count(*), coalesce(sum(seconds), 0), coalesce(sum(amount_minor), 0) FROM added GROUP BY 1, 2, 3, 4, 5, 6;
  RETURN NULL;
END $$;
CREATE TRIGGER exception_added AFTER INSERT ON operations.exception REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION operations.exception_added();

CREATE FUNCTION operations.exception_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO operations.exception_balance (status, code, process, owner, customer_id, currency, exceptions, seconds, amount_minor)
  SELECT status, code, process, owner, customer_id, currency, -count(*), -coalesce(sum(seconds), 0), -coalesce(sum(amount_minor), 0) FROM removed GROUP BY 1, 2, 3, 4, 5, 6;
  RETURN NULL;
END $$;
CREATE TRIGGER exception_removed AFTER DELETE ON operations.exception REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION operations.exception_removed();

CREATE FUNCTION operations.exception_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO operations.exception_balance (status, code, process, owner, customer_id, currency, exceptions, seconds, amount_minor)
  SELECT status, code, process, owner, customer_id, currency, sum(sign), coalesce(sum(sign * seconds), 0), coalesce(sum(sign * amount_minor), 0)
  FROM (
    SELECT status, code, process, owner, customer_id, currency, seconds, amount_minor, 1 AS sign FROM after
    UNION ALL SELECT status, code, process, owner, customer_id, currency, seconds, amount_minor, -1 FROM before
  ) AS moved
  GROUP BY 1, 2, 3, 4, 5, 6
  HAVING sum(sign) <> 0 OR coalesce(sum(sign * seconds), 0) <> 0 OR coalesce(sum(sign * amount_minor), 0) <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER exception_moved AFTER UPDATE ON operations.exception REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION operations.exception_moved();
