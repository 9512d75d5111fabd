package dev.howdah.pipeline;

import dev.howdah.batch.Ledger;
import dev.howdah.encode.ErrorOptions;
import dev.howdah.encode.Redaction;
import dev.howdah.encode.RowEncoder;
import dev.howdah.encode.TextLimits;
import dev.howdah.event.Level;
import dev.howdah.fingerprint.Fingerprinter;
import java.util.List;

/** An encoder with nothing special, for tests of what comes before and after it. */
final class PlainRows {

  private PlainRows() {}

  static RowEncoder encoder(Ledger ledger) {
    return new RowEncoder(
        1,
        new TextLimits(1000, 1000, 1000),
        new Redaction(List.of(), List.of()),
        List.of(),
        List.of(),
        new ErrorOptions(Fingerprinter.withDefaults(), "test", null, Level.ERROR, 100),
        ledger);
  }
}
