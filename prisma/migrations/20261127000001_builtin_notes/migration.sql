-- The ready-made notes that come with tiyn are read in the tester's own language until the team rewrites them. `builtin`
-- names the message of the catalogue; `text` is its English, for those who read the table.
ALTER TABLE note_templates ADD COLUMN builtin text;
UPDATE note_templates SET builtin = named.builtin
  FROM (VALUES
    ('reported_before', 'This was reported before. Thank you: the fix of the first report covers yours.'),
    ('needs_steps', 'We could not make it happen. Please file it again with the steps, the device and the browser.'),
    ('gone_by_now', 'It no longer happens in the current version.'),
    ('not_for_now', 'You are right, and we will not change it for now.'),
    ('being_rebuilt', 'This part is being rebuilt, so it is not fixed any more.'),
    ('meant_so', 'It is meant to work this way.'),
    ('a_wish', 'This is a wish rather than a bug. We have written it down.')
  ) AS named(builtin, text)
  WHERE note_templates.text = named.text;
ALTER TABLE note_templates
  ADD CONSTRAINT note_templates_builtin_known CHECK (builtin IN ('reported_before', 'needs_steps',
    'gone_by_now', 'not_for_now', 'being_rebuilt', 'meant_so', 'a_wish'));
