package dev.howdah.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.TestDatabase;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each type of value has its place in jsonb, and the row holds what was true at the call. */
public abstract class ValuesSuite extends ConformanceSuite {

  /**
   * For a subclass that names its framework.
   *
   * @param driver the framework
   * @param db a database for this class
   */
  protected ValuesSuite(Driver driver, TestDatabase db) {
    super(driver, db);
  }

  /** A value by its name, and how PostgreSQL shows what was stored of it. */
  private record Value(String name, @Nullable Object value, String json) {}

  private static Value value(String name, @Nullable Object value, String json) {
    return new Value(name, value, json);
  }

  private static List<Value> values() {
    return Stream.of(plain(), numbers(), times(), containers(), objects()).flatMap(s -> s).toList();
  }

  @SuppressWarnings("UnnecessaryStringBuilder") // It is what is tested.
  private static Stream<Value> plain() {
    return Stream.of(
        value("null", null, "null"),
        value("true", true, "true"),
        value("false", false, "false"),
        value("AtomicBoolean", new AtomicBoolean(true), "true"),
        value("String", "Ünï \"q\" \\ \n ☃ 🐘", "\"Ünï \\\"q\\\" \\\\ \\n ☃ 🐘\""),
        value("empty String", "", "\"\""),
        value("String of digits", "42", "\"42\""),
        value("StringBuilder", new StringBuilder("built"), "\"built\""),
        value("char", 'c', "\"c\""),
        value("enum", DayOfWeek.MONDAY, "\"MONDAY\""),
        value("enum with a text of its own", Colour.RED, "\"RED\""),
        value(
            "UUID",
            UUID.fromString("0a1b2c3d-0000-4000-8000-000000000001"),
            "\"0a1b2c3d-0000-4000-8000-000000000001\""),
        value("URI", URI.create("https://example.com/a?b=c"), "\"https://example.com/a?b=c\""),
        value("Locale", Locale.GERMANY, "\"de-DE\""),
        value("Class", String.class, "\"java.lang.String\""));
  }

  private static Stream<Value> numbers() {
    return Stream.of(
        value("byte", (byte) -1, "-1"),
        value("short", (short) 300, "300"),
        value("int", Integer.MIN_VALUE, "-2147483648"),
        value("long", Long.MAX_VALUE, "9223372036854775807"),
        value("float", 1.5f, "1.5"),
        value("double", 0.1, "0.1"),
        value("large double", 1e22, "10000000000000000000000"),
        value("small double", 1e-7, "0.00000010"),
        // PostgreSQL's numeric has no negative zero.
        value("negative zero", -0.0, "0.0"),
        value("NaN", Double.NaN, "\"NaN\""),
        value("infinity", Float.NEGATIVE_INFINITY, "\"-Infinity\""),
        value("BigDecimal", new BigDecimal("12345678901234567890.120"), "12345678901234567890.120"),
        value("BigInteger", BigInteger.TWO.pow(100), "1267650600228229401496703205376"),
        value("AtomicInteger", new AtomicInteger(7), "7"),
        value("AtomicLong", new AtomicLong(-7), "-7"),
        value("LongAdder", adder(7), "7"));
  }

  private static LongAdder adder(long sum) {
    LongAdder adder = new LongAdder();
    adder.add(sum);
    return adder;
  }

  @SuppressWarnings("JavaUtilDate") // Applications still have it.
  private static Stream<Value> times() {
    return Stream.of(
        value("Instant", Instant.EPOCH, "\"1970-01-01T00:00:00Z\""),
        value("LocalDate", LocalDate.of(2026, 1, 2), "\"2026-01-02\""),
        value("LocalTime", LocalTime.of(3, 4, 5), "\"03:04:05\""),
        value("LocalDateTime", LocalDateTime.of(2026, 1, 2, 3, 4, 5), "\"2026-01-02T03:04:05\""),
        value(
            "OffsetDateTime",
            OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.ofHours(1)),
            "\"2026-01-02T03:04:05+01:00\""),
        value(
            "ZonedDateTime",
            ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC),
            "\"2026-01-02T03:04:05Z\""),
        value("Year", Year.of(2026), "\"2026\""),
        value("Duration", Duration.ofSeconds(90), "\"PT1M30S\""),
        value("Period", Period.ofDays(3), "\"P3D\""),
        value("Date", new Date(0), "\"1970-01-01T00:00:00.000Z\""));
  }

  private static Stream<Value> containers() {
    return Stream.of(
        value("Optional", Optional.of("there"), "\"there\""),
        value("empty Optional", Optional.empty(), "null"),
        value("OptionalInt", OptionalInt.of(7), "7"),
        value("AtomicReference", new AtomicReference<>("held"), "\"held\""),
        value("int[]", new int[] {1, 2}, "[1, 2]"),
        value("double[][]", new double[][] {{1.5}, {}}, "[[1.5], []]"),
        value("boolean[]", new boolean[] {true}, "[true]"),
        value("char[]", new char[] {'a', 'b'}, "\"ab\""),
        value("byte[]", new byte[] {1, 2, 3}, "\"AQID\""),
        value("Object[]", new Object[] {1, "two", null}, "[1, \"two\", null]"),
        value("List", Arrays.asList(1, null, List.of("x")), "[1, null, [\"x\"]]"),
        value("Set", Set.of("one"), "[\"one\"]"),
        value("Deque", new ArrayDeque<>(List.of(1, 2)), "[1, 2]"),
        value("Map", Map.of("k", 1), "{\"k\": 1}"),
        value("Map with other keys", Map.of(7, "seven"), "{\"7\": \"seven\"}"),
        value("Map of enums", Map.of(Colour.RED, Colour.RED), "{\"RED\": \"RED\"}"),
        value(
            "nested Map",
            Map.of("list", List.of(Map.of("deep", Optional.of(Instant.EPOCH)))),
            "{\"list\": [{\"deep\": \"1970-01-01T00:00:00Z\"}]}"));
  }

  private static Stream<Value> objects() {
    return Stream.of(
        value("record", new Point(1, null), "{\"x\": 1, \"y\": null}"),
        value(
            "nested record",
            new Line(new Point(1, 2), List.of(new Point(3, 4))),
            "{\"to\": [{\"x\": 3, \"y\": 4}], \"from\": {\"x\": 1, \"y\": 2}}"),
        value(
            "object with getters", new Customer("ann", true), "{\"vip\": true, \"name\": \"ann\"}"),
        value("object without getters", new Opaque(), "\"opaque\""),
        value("getter that throws", new Throwing(false), "\"said by toString()\""),
        value(
            "getter and toString() that throw",
            new Throwing(true),
            "\"[dev.howdah.testkit.conformance.ValuesSuite$Throwing failed:"
                + " java.lang.IllegalStateException]\""),
        value(
            "throwing inside a list",
            List.of(new Throwing(true)),
            "\"[java.util.ImmutableCollections$List12 failed: java.lang.IllegalStateException]\""));
  }

  /** An enum whose constants are bodies, and whose text is not its name. */
  enum Colour {
    RED {
      @Override
      public String toString() {
        return "rosso";
      }
    }
  }

  /**
   * A record.
   *
   * @param x a number
   * @param y another, or null
   */
  public record Point(int x, @Nullable Integer y) {}

  /**
   * A record of records.
   *
   * @param from a point
   * @param to more of them
   */
  public record Line(Point from, List<Point> to) {}

  /** An object of the kind that libraries take for a bean. */
  public static final class Customer {
    private String name;
    private final boolean vip;

    private Customer(String name, boolean vip) {
      this.name = name;
      this.vip = vip;
    }

    /** {@return the name} */
    public String getName() {
      return name;
    }

    /** {@return whether it matters more than others} */
    public boolean isVip() {
      return vip;
    }
  }

  private static final class Opaque {
    @Override
    public String toString() {
      return "opaque";
    }
  }

  /** A getter that fails, and perhaps toString() too. */
  @SuppressWarnings("DoNotCallSuggester") // Failing is what it is for.
  public static final class Throwing {
    private final boolean always;

    private Throwing(boolean always) {
      this.always = always;
    }

    /** {@return nothing, ever; called by Jackson} */
    public String getName() {
      throw new IllegalStateException("getter");
    }

    @Override
    public String toString() {
      if (always) {
        throw new IllegalStateException("toString");
      }
      return "said by toString()";
    }
  }

  @TestFactory
  Stream<DynamicTest> aValueHasItsPlaceInJson() {
    List<Value> values = values();
    Session session = start();
    for (Value value : values) {
      session.log(
          Call.at(Level.INFO, value.name()).keyValue("value", value.value()).keyValue("after", 1));
    }
    session.stop();
    assertThat(session.complaints()).isEmpty();

    List<List<String>> rows =
        db.query("SELECT message, context->'value', context->'after' FROM " + logs());
    assertThat(rows).hasSameSizeAs(values);
    return values.stream()
        .map(
            value ->
                DynamicTest.dynamicTest(
                    value.name(),
                    () -> assertThat(rows).contains(List.of(value.name(), value.json(), "1"))));
  }

  @Test
  @SuppressWarnings("JavaUtilDate") // It changes.
  void whatHappensToValuesLaterChangesNothing() {
    int events = 1000;
    Session session = start();
    for (int i = 0; i < events; i++) {
      List<Integer> list = new ArrayList<>(List.of(i));
      Map<String, Object> map = new LinkedHashMap<>(Map.of("i", i));
      int[] array = {i};
      StringBuilder text = new StringBuilder().append(i);
      AtomicInteger number = new AtomicInteger(i);
      Date date = new Date(i);
      Customer customer = new Customer("" + i, true);
      session.mdc("mdc", "" + i);
      session.log(
          Call.at(Level.INFO, "{} {} {}", list, text, number)
              .keyValue("list", list)
              .keyValue("map", map)
              .keyValue("array", array)
              .keyValue("text", text)
              .keyValue("number", number)
              .keyValue("date", date)
              .keyValue("customer", customer));
      list.set(0, -1);
      map.put("later", true);
      array[0] = -1;
      text.append("later");
      number.set(-1);
      date.setTime(-1);
      customer.name = "later";
      session.mdc("mdc", "later");
    }
    session.stop();

    assertThat(
            db.count(
                "SELECT count(*) FROM "
                    + logs()
                    + ", LATERAL (SELECT seq - 1 AS i) n"
                    + " WHERE message = format('[%s] %s %s', i, i, i)"
                    + " AND context = jsonb_build_object('mdc', i::text, 'list',"
                    + " jsonb_build_array(i), 'map', jsonb_build_object('i', i), 'array',"
                    + " jsonb_build_array(i), 'text', i::text, 'number', i, 'customer',"
                    + " jsonb_build_object('name', i::text, 'vip', true), 'date',"
                    + " to_char(timestamp '1970-01-01' + i * interval '1 ms',"
                    + " 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"'))"))
        .isEqualTo(events);
  }
}
