"""The tables of a log file. Nothing in them is changed, and nothing deleted except events that retention gives up.

A row of `events` holds those of one commit, from `first` up to, not including, `stop`: one a line, which canonical JSON
allows, since it has no line breaks; no row reaches over the end of a tile, so that retention can give up whole rows.
`seal` is root and signature of the log up to `stop`; it stands in the last row of each commit.
"""

from guiju.ledger.tree import TILE_WIDTH

VERSION = 1
APPLICATION_ID = 0x47554A55

LOG_TABLES = f"""
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {VERSION};
CREATE TABLE about (id INTEGER PRIMARY KEY CHECK (id = 1), verifier TEXT NOT NULL, seal BLOB NOT NULL);
CREATE TABLE retention (
  id INTEGER PRIMARY KEY CHECK (id = 1), minimum INTEGER NOT NULL CHECK (minimum % {TILE_WIDTH} = 0)
);
CREATE TABLE events (
  first INTEGER PRIMARY KEY, stop INTEGER NOT NULL, lines BLOB NOT NULL, seal BLOB,
  CHECK (stop > first AND first / {TILE_WIDTH} = (stop - 1) / {TILE_WIDTH})
);
CREATE TABLE tile (
  level INTEGER NOT NULL, number INTEGER NOT NULL, root BLOB NOT NULL, nodes BLOB NOT NULL, PRIMARY KEY (level, number)
);
CREATE TABLE checkpoint (size INTEGER NOT NULL, note TEXT NOT NULL, PRIMARY KEY (size, note));
INSERT INTO retention VALUES (1, 0);

CREATE TRIGGER events_next BEFORE INSERT ON events
  WHEN NEW.first <> coalesce((SELECT stop FROM events ORDER BY first DESC LIMIT 1), 0)
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER events_kept BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER events_stay BEFORE DELETE ON events WHEN OLD.stop > (SELECT minimum FROM retention)
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER tile_once BEFORE INSERT ON tile
  WHEN EXISTS (SELECT 1 FROM tile WHERE level = NEW.level AND number = NEW.number)
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER tile_kept BEFORE UPDATE ON tile BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER tile_stays BEFORE DELETE ON tile BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER checkpoint_kept BEFORE UPDATE ON checkpoint BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER checkpoint_stays BEFORE DELETE ON checkpoint BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER about_kept BEFORE UPDATE ON about BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER about_stays BEFORE DELETE ON about BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER retention_grows BEFORE UPDATE ON retention
  WHEN NEW.minimum < OLD.minimum OR NEW.minimum > (SELECT max(first) FROM events)
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER retention_stays BEFORE DELETE ON retention BEGIN SELECT RAISE(ABORT, 'append-only'); END;
"""

PERSONAL_TABLES = f"""
PRAGMA application_id = {APPLICATION_ID + 1};
PRAGMA user_version = {VERSION};
CREATE TABLE IF NOT EXISTS personal (
  idx INTEGER NOT NULL, name TEXT NOT NULL, salt BLOB NOT NULL, value BLOB NOT NULL, PRIMARY KEY (idx, name, salt)
);
"""
