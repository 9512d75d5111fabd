package dev.howdah.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule of the table by its own example, and what none of them may touch. */
class FrameRuleTest {

  private static final int HOSTILE = 20_000;

  private final FrameNormalizer normalizer = new FrameNormalizer(List.of());

  @ParameterizedTest
  @EnumSource(FrameRule.class)
  void makesOfItsExampleWhatTheTableSays(FrameRule rule) {
    assertThat(rule.apply(rule.before())).isEqualTo(rule.after());
  }

  @ParameterizedTest
  @EnumSource(FrameRule.class)
  void noOtherRuleSpoilsItsExample(FrameRule rule) {
    FrameNormalizer.Result result = normalizer.normalize(rule.before());
    assertThat(result.rules()).contains(rule.name());
    if (rule != FrameRule.CLOJURE_NUMBER) { // what is left of that one is the next one's
      assertThat(result.name()).isEqualTo(rule.after());
    }
  }

  @ParameterizedTest
  @EnumSource(FrameRule.class)
  void changesNothingOfWhatItLeft(FrameRule rule) {
    if (rule.after() != null) {
      assertThat(rule.apply(rule.after())).isEqualTo(rule.after());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.acme.OrderService.place",
        "com.acme.OrderService.<init>",
        "com.acme.OrderService.<clinit>",
        "com.acme.OrderService$Builder.withLine",
        "com.acme.OrderService$Builder$State.next",
        "com.acme.V2OrderService.place2",
        "com.acme.md5.Sha256.digest32",
        "com.acme.order_service.Order_Service.place_order",
        "com.acme.orders.MainKt.main",
        "com.acme.ProxyFactory.createProxy",
        "com.acme.HibernateProxyHelper.unproxy",
        "com.acme.LambdaRunner.lambda",
        "com.acme.Closure.call",
        "com.acme.Access.access",
        "com.acme.Default.default_",
        "com.acme.ThreadPool.run",
        "com.acme.Subclass.place",
        "com.acme.WeldingRobot.weld",
        "com.acme.orders.Orders.$plus$plus",
        "Main.main",
        "com.acme.OrderTest.places an order for 2 people",
        "java.util.ArrayList.forEach",
        "java.util.concurrent.CompletableFuture.get",
        "java.util.concurrent.FutureTask.report",
        "java.lang.ThreadLocal.get",
        "java.lang.Class.forName",
        "org.springframework.aop.framework.CglibAopProxy$DynamicAdvisedInterceptor.intercept",
        "org.springframework.cglib.proxy.MethodProxy.invoke",
        "org.hibernate.proxy.pojo.bytebuddy.ByteBuddyInterceptor.intercept",
        "kotlinx.coroutines.DispatchedTask.run",
        "scala.collection.immutable.List.foreach",
        "groovy.lang.Closure.call",
        "clojure.lang.AFn.run",
        "org.apache.jsp.orders_jsp._jspService",
      })
  void leavesOrdinaryNamesAlone(String name) {
    FrameNormalizer.Result result = normalizer.normalize(name);
    assertThat(result.rules()).isEmpty();
    assertThat(result.name()).isEqualTo(name);
  }

  @ParameterizedTest
  @MethodSource("hostileNames")
  void readsAHostileNameNoOftenerThanItsLengthAllows(String name) {
    for (FrameRule rule : FrameRule.values()) {
      assertThat(CountedText.reads(rule.pattern(), name))
          .as("%s on %s…", rule, name.substring(0, 40))
          .isLessThan(50L * name.length());
    }
  }

  /**
   * Pieces of what the rules look for, over and over, with an end that fits and one that doesn't.
   */
  static List<String> hostileNames() {
    List<String> names = new ArrayList<>();
    List<String> pieces = new ArrayList<>();
    for (FrameRule rule : FrameRule.values()) {
      String example = rule.before();
      int dollar = Math.max(0, example.indexOf('$'));
      int dot = example.lastIndexOf('.');
      pieces.add(example.substring(Math.min(dollar, dot)));
      pieces.add(example.substring(Math.min(dollar, dot), Math.max(dollar, dot)));
      pieces.add(example.substring(dot));
    }
    pieces.addAll(
        List.of("$", "1", "a", ".", "_", "$1", "$a", "$a$1", "$a$1.", "__1", "a-", "$$", "$_a"));
    for (String piece : pieces) {
      if (!piece.isEmpty()) {
        String repeated = piece.repeat(HOSTILE / piece.length());
        names.add(repeated);
        names.add("com.acme.A" + repeated + ".x!");
        names.add("com.acme.A" + repeated + ".invoke");
      }
    }
    return names;
  }
}
