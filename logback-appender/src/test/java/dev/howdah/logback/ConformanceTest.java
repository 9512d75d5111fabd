package dev.howdah.logback;

import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import dev.howdah.testkit.conformance.ChannelsSuite;
import dev.howdah.testkit.conformance.CompletenessSuite;
import dev.howdah.testkit.conformance.ErrorsSuite;
import dev.howdah.testkit.conformance.EventSuite;
import dev.howdah.testkit.conformance.HostileSuite;
import dev.howdah.testkit.conformance.LeaksSuite;
import dev.howdah.testkit.conformance.LevelsSuite;
import dev.howdah.testkit.conformance.OutageSuite;
import dev.howdah.testkit.conformance.OverloadSuite;
import dev.howdah.testkit.conformance.RecursionSuite;
import dev.howdah.testkit.conformance.ReloadSuite;
import dev.howdah.testkit.conformance.ReplaySuite;
import dev.howdah.testkit.conformance.SettingsSuite;
import dev.howdah.testkit.conformance.ShutdownSuite;
import dev.howdah.testkit.conformance.ThrowablesSuite;
import dev.howdah.testkit.conformance.ValuesSuite;
import org.junit.jupiter.api.Nested;

/** The suite that every appender of Howdah's passes, through Logback. */
@PostgresTest
class ConformanceTest {

  @Nested
  class Channels extends ChannelsSuite {
    Channels(TestDatabase db) {
      super(new LogbackDriver(), db);
    }
  }

  @Nested
  class Completeness extends CompletenessSuite {
    Completeness(TestDatabase db) {
      super(new LogbackDriver(), db);
    }
  }

  @Nested
  class Errors extends ErrorsSuite {
    Errors(TestDatabase db) {
      super(new LogbackDriver(), db);
    }
  }

  @Nested
  class Event extends EventSuite {
    Event(TestDatabase db) {
      super(new LogbackDriver(), db);
    }
  }

  @Nested
  class Hostile extends HostileSuite {
    Hostile(TestDatabase db) {
      super(new LogbackDriver(), db);
    }
  }

  @Nested
  class Leaks extends LeaksSuite {
    Leaks(TestDatabase db) {
      super(new LogbackDriver(), db);
    }
  }

  @Nested
  class Levels extends LevelsSuite {
    Levels(TestDatabase db) {
      super(new LogbackDriver(), db);
    }
  }

  @Nested
  class Outage extends OutageSuite {
    Outage(TestDatabase db) {
      super(new LogbackDriver(), db);
    }
  }

  @Nested
  class Overload extends OverloadSuite {
    Overload(TestDatabase db) {
      super(new LogbackDriver(), db);
    }
  }

  @Nested
  class Recursion extends RecursionSuite {
    Recursion(TestDatabase db) {
      super(new LogbackDriver(), db);
    }
  }

  @Nested
  class Reload extends ReloadSuite {
    Reload(TestDatabase db) {
      super(new LogbackDriver(), db);
    }
  }

  @Nested
  class Replay extends ReplaySuite {
    Replay(TestDatabase db) {
      super(new LogbackDriver(), db);
    }
  }

  @Nested
  class Settings extends SettingsSuite {
    Settings(TestDatabase db) {
      super(new LogbackDriver(), db);
    }
  }

  @Nested
  class Shutdown extends ShutdownSuite {
    Shutdown(TestDatabase db) {
      super(new LogbackDriver(), db);
    }
  }

  @Nested
  class Throwables extends ThrowablesSuite {
    Throwables(TestDatabase db) {
      super(new LogbackDriver(), db);
    }
  }

  @Nested
  class Values extends ValuesSuite {
    Values(TestDatabase db) {
      super(new LogbackDriver(), db);
    }
  }
}
