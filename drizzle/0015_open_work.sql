-- What is not in the books yet, as those who own it say right now: time and expenses that are submitted, or approved and not posted, and accepted milestones
-- without a fee. What somebody dismissed is decided. A view, so that it is never late; whoever reads it is bound by the policies of the tables behind it.
CREATE VIEW log.open_work WITH (security_invoker = true) AS
  SELECT 'TimesheetEntry' AS entity_type, id AS entity_id, project_id, employee_id, work_date AS day, seconds, 'SUBMITTED' AS state, NULL::text AS code
    FROM "time".timesheet_entry WHERE status = 'SUBMITTED'
  UNION ALL
  SELECT 'TimesheetEntry', own.id, own.project_id, own.employee_id, own.work_date, own.seconds,
      CASE own.posting_status WHEN 'EXCEPTION' THEN 'EXCEPTED' ELSE 'APPROVED' END, last.code
    FROM "time".timesheet_entry AS own
    LEFT JOIN LATERAL (SELECT status, code FROM operations.exception WHERE subject_id = own.id ORDER BY last_seen_at DESC, id DESC LIMIT 1) AS last
      ON own.posting_status = 'EXCEPTION'
    WHERE own.status IN ('APPROVED', 'RECALL_REQUESTED') AND own.posting_status <> 'POSTED' AND last.status IS DISTINCT FROM 'DISMISSED'
  UNION ALL
  SELECT 'ExpenseItem', id, project_id, employee_id, work_date, NULL::bigint, 'SUBMITTED', NULL
    FROM "time".expense_item WHERE status = 'SUBMITTED'
  UNION ALL
  SELECT 'ExpenseItem', own.id, own.project_id, own.employee_id, own.work_date, NULL,
      CASE own.posting_status WHEN 'EXCEPTION' THEN 'EXCEPTED' ELSE 'APPROVED' END, last.code
    FROM "time".expense_item AS own
    LEFT JOIN LATERAL (SELECT status, code FROM operations.exception WHERE subject_id = own.id ORDER BY last_seen_at DESC, id DESC LIMIT 1) AS last
      ON own.posting_status = 'EXCEPTION'
    WHERE own.status IN ('APPROVED', 'RECALL_REQUESTED', 'REIMBURSED') AND own.posting_status <> 'POSTED' AND last.status IS DISTINCT FROM 'DISMISSED'
  UNION ALL
  SELECT 'Milestone', own.id, own.project_id, NULL, own.accepted_on, NULL,
      CASE WHEN last.status IN ('OPEN', 'RETRYING') THEN 'EXCEPTED' ELSE 'APPROVED' END, last.code
    FROM engagements.milestone AS own
    LEFT JOIN LATERAL (SELECT status, code FROM operations.exception WHERE subject_id = own.id ORDER BY last_seen_at DESC, id DESC LIMIT 1) AS last ON true
    WHERE own.status = 'ACCEPTED' AND last.status IS DISTINCT FROM 'DISMISSED' AND NOT EXISTS (
      SELECT FROM finance.actual WHERE source_type = 'MILESTONE' AND source_id = own.id AND reverses_id IS NULL AND reversed_by_id IS NULL);
