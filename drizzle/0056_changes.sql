-- Readers who do not see the whole firm read the notes of the rows that they see: docs/delta.md. A branch of the view for another type is not looked at.
ALTER POLICY reading ON log.change USING (
  (SELECT log.whole_firm()) OR EXISTS (SELECT FROM log.known_entity AS known WHERE known.id = change.id AND known.type = change.entity));
