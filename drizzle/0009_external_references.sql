-- What each subgraph lets its siblings know of how other systems call its entities. Whoever reads it is bound by the policies of the tables behind it.
CREATE VIEW log.external_ref WITH (security_invoker = true) AS
  SELECT system, entity_type, external_id, entity_id FROM engagements.external_ref
  UNION ALL SELECT system, entity_type, external_id, entity_id FROM resources.external_ref
  UNION ALL SELECT system, entity_type, external_id, entity_id FROM finance.external_ref;
