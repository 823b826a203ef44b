"""The tables of a log file. Nothing in them is changed, and nothing deleted except events that retention gives up.

`seal` is root and signature of the log up to and with this event; it stands at the last event of each commit.
"""

VERSION = 1
APPLICATION_ID = 0x47554A55

LOG_TABLES = f"""
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {VERSION};
CREATE TABLE about (id INTEGER PRIMARY KEY CHECK (id = 1), verifier TEXT NOT NULL, seal BLOB NOT NULL);
CREATE TABLE retention (id INTEGER PRIMARY KEY CHECK (id = 1), minimum INTEGER NOT NULL CHECK (minimum % 256 = 0));
CREATE TABLE event (idx INTEGER PRIMARY KEY, data BLOB NOT NULL, seal BLOB);
CREATE TABLE tile (
  level INTEGER NOT NULL, number INTEGER NOT NULL, root BLOB NOT NULL, nodes BLOB NOT NULL, PRIMARY KEY (level, number)
);
CREATE TABLE checkpoint (size INTEGER NOT NULL, note TEXT NOT NULL, PRIMARY KEY (size, note));
INSERT INTO retention VALUES (1, 0);

CREATE TRIGGER event_next BEFORE INSERT ON event WHEN EXISTS (SELECT 1 FROM event WHERE idx >= NEW.idx)
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER event_kept BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER event_stays BEFORE DELETE ON event WHEN OLD.idx >= (SELECT minimum FROM retention)
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
  WHEN NEW.minimum < OLD.minimum OR NEW.minimum > (SELECT max(idx) FROM event)
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER retention_stays BEFORE DELETE ON retention BEGIN SELECT RAISE(ABORT, 'append-only'); END;
"""

PERSONAL_TABLES = f"""
PRAGMA application_id = {APPLICATION_ID + 1};
PRAGMA user_version = {VERSION};
CREATE TABLE IF NOT EXISTS personal (
  idx INTEGER NOT NULL, name TEXT NOT NULL, salt BLOB NOT NULL, value BLOB NOT NULL, PRIMARY KEY (idx, name)
);
"""
