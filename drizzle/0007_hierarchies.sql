-- A hierarchy has no circle. Who changes one goes alone until the transaction ends, and then looks up: two changes at once, each sound by itself, would close one.
CREATE FUNCTION engagements.customer_hierarchy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('engagements.customer hierarchy', 0));
  IF EXISTS (
    WITH RECURSIVE up AS (
      SELECT NEW.parent_id AS id
      UNION SELECT above.parent_id FROM engagements.customer above JOIN up ON above.id = up.id WHERE above.parent_id IS NOT NULL)
    SELECT FROM up WHERE id = NEW.id
  ) THEN
    RAISE EXCEPTION 'A customer cannot belong to itself or to one of its children.' USING ERRCODE = 'AC002', CONSTRAINT = 'hierarchyAcyclic', COLUMN = 'parentId';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER customer_hierarchy_made AFTER INSERT ON engagements.customer FOR EACH ROW WHEN (NEW.parent_id IS NOT NULL)
  EXECUTE FUNCTION engagements.customer_hierarchy();
CREATE TRIGGER customer_hierarchy_changed AFTER UPDATE OF parent_id ON engagements.customer FOR EACH ROW
  WHEN (NEW.parent_id IS NOT NULL AND NEW.parent_id IS DISTINCT FROM OLD.parent_id) EXECUTE FUNCTION engagements.customer_hierarchy();

CREATE FUNCTION resources.manager_hierarchy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('resources.employee hierarchy', 0));
  IF EXISTS (
    WITH RECURSIVE up AS (
      SELECT NEW.manager_id AS id
      UNION SELECT above.manager_id FROM resources.employee above JOIN up ON above.id = up.id WHERE above.manager_id IS NOT NULL)
    SELECT FROM up WHERE id = NEW.id
  ) THEN
    RAISE EXCEPTION 'An employee cannot report to itself or to somebody below.' USING ERRCODE = 'AC002', CONSTRAINT = 'managersAcyclic', COLUMN = 'managerId';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER manager_hierarchy_made AFTER INSERT ON resources.employee FOR EACH ROW WHEN (NEW.manager_id IS NOT NULL)
  EXECUTE FUNCTION resources.manager_hierarchy();
CREATE TRIGGER manager_hierarchy_changed AFTER UPDATE OF manager_id ON resources.employee FOR EACH ROW
  WHEN (NEW.manager_id IS NOT NULL AND NEW.manager_id IS DISTINCT FROM OLD.manager_id) EXECUTE FUNCTION resources.manager_hierarchy();
