package dev.howdah.fingerprint;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names that compilers and generators make, and what is left of them: the table of
 * normalisation. A rule sees a frame as {@code class.method} and either drops the frame, since it
 * is nobody's code, or takes out of its name what changes from build to build or start to start.
 *
 * <p>Rules are applied in this order, each to what the one before left. Every pattern is linear in
 * the name's length: it starts at a fixed place or a rare literal and never goes back over what a
 * possessive quantifier took.
 */
enum FrameRule {
  LAMBDA_CLASS(
      "class of a lambda, hidden on most JVMs",
      "\\$\\$(?:Lambda[$/.]|ExternalSyntheticLambda)",
      "com.acme.Jobs$$Lambda$30/0x0000000800c03000.run"),
  METHOD_HANDLE(
      "method handles, and what the compiler calls through them",
      "^java\\.lang\\.(?:invoke|runtime)\\.|\\$\\$InjectedInvoker/",
      "java.lang.invoke.LambdaForm$MH/0x00007f1a0c002400.invoke"),
  REFLECTION(
      "reflection, which takes other ways on each JDK",
      "^(?:sun\\.reflect|jdk\\.internal\\.reflect|java\\.lang\\.reflect)\\."
          + "|^java\\.lang\\.Class\\.newInstance",
      "jdk.internal.reflect.GeneratedMethodAccessor12.invoke"),
  THREAD(
      "how threads and pools start a task",
      "^java\\.lang\\.(?:Thread|VirtualThread|ThreadBuilders)\\b[^.]*+\\.run"
          + "|^java\\.util\\.concurrent\\.(?:ThreadPoolExecutor|FutureTask|Executors"
          + "|ScheduledThreadPoolExecutor|ThreadPerTaskExecutor|ForkJoin|CompletableFuture)"
          + "[^.]*+\\.(?:run|call|exec|doExec|topLevelExec|scan|awaitWork|execLocalTasks)[^.]*+$"
          + "|^jdk\\.internal\\.vm\\.",
      "java.lang.VirtualThread.run"),
  FAST_CLASS(
      "CGLIB's and Guice's index of methods",
      "\\$\\$FastClass|\\.GUICE\\$TRAMPOLINE$",
      "com.acme.OrderService$$FastClassBySpringCGLIB$$7b3e5b1f.invoke"),
  QUARKUS_DISPATCH(
      "Quarkus' ways to a bean, an intercepted method or a resource",
      "\\$\\$function\\$\\$\\d|\\$quarkusrestinvoker\\$"
          + "|_Bean\\.(?:create|doCreate|get|destroy|doDestroy|intercept)$",
      "com.acme.OrderService_Subclass$$function$$1.apply"),
  BYTE_BUDDY_AUXILIARY(
      "Byte Buddy's call of the method that it wraps",
      "\\$auxiliary\\$\\w++\\.",
      "com.acme.OrderService$auxiliary$Xo3Kq7Yb.call"),
  MICRONAUT_DISPATCH(
      "Micronaut's call of a method by number",
      "\\$Definition\\$Exec\\.",
      "com.acme.$OrderService$Definition$Exec.dispatch"),
  ASPECTJ_CLOSURE(
      "AspectJ's call of the advised method",
      "\\$AjcClosure\\d++\\.|\\.ajc\\$",
      "com.acme.OrderService$AjcClosure1.run"),
  GROOVY_CALL_SITE(
      "Groovy's cache of a call",
      "\\$[a-z]\\w*+\\.call(?:Current|Static|Constructor|GetProperty)?$",
      "com.acme.OrderService$place.callCurrent"),
  COROUTINE_BOUNDARY(
      "mark in the trace of a recovered coroutine",
      "^_COROUTINE\\.|^\\(Coroutine ",
      "_COROUTINE._BOUNDARY._"),
  COMPILED_EXPRESSION(
      "compiled expression of Spring's language", "^spel\\.Ex\\d", "spel.Ex12.getValue"),
  SCALA_LIFTED(
      "what Scala's compiler lifts out of a body",
      "\\.liftedTree\\d|\\.delayedEndpoint\\$|\\$delayedInit\\$body\\.",
      "com.acme.Orders.liftedTree1$1"),
  ACCESSOR(
      "the compiler's way around private",
      "\\.access\\$[^.]++$",
      "com.acme.OrderService.access$000"),
  COMPILER_HELPER(
      "method that a compiler or an agent adds to a class",
      "\\.\\$(?:values|jacocoInit|deserializeLambda\\$)$",
      "com.acme.Status.$values"),

  JDK_PROXY(
      "number of a JDK proxy",
      "^(?:[^$]*+(?<=\\.))?\\$Proxy\\d++\\.",
      "\\$Proxy.",
      "jdk.proxy2.$Proxy118.save",
      "$Proxy.save"),
  CGLIB(
      "subclass by CGLIB, Guice or EasyMock",
      "\\$\\$[A-Z]\\w*?By\\w*+\\$\\$[0-9a-f]++",
      "",
      "com.acme.OrderService$$EnhancerBySpringCGLIB$$1a2b3c4d.place",
      "com.acme.OrderService.place"),
  SPRING_CGLIB(
      "subclass by Spring 6's CGLIB",
      "\\$\\$SpringCGLIB\\$\\$\\d++",
      "",
      "com.acme.OrderService$$SpringCGLIB$$0.place",
      "com.acme.OrderService.place"),
  CGLIB_METHOD(
      "CGLIB's way to the original method",
      "\\.CGLIB\\$([^.$]++)\\$\\d++$",
      ".$1",
      "com.acme.OrderService.CGLIB$place$3",
      "com.acme.OrderService.place"),
  JAVASSIST(
      "subclass by Javassist, also Seam's and old Hibernate's",
      "_\\$\\$_(?:javassist|jvst)\\w*+",
      "",
      "com.acme.Order_$$_jvst8f9_1.getLines",
      "com.acme.Order.getLines"),
  HIBERNATE_PROXY(
      "Hibernate's lazy entity, and its ways to one",
      "\\$Hibernate(?:Proxy|BasicProxy|Instantiator|AccessOptimizer)\\$\\w*+",
      "",
      "com.acme.Order$HibernateProxy$SzXDkaYB.getLines",
      "com.acme.Order.getLines"),
  BYTE_BUDDY(
      "subclass by Byte Buddy",
      "\\$ByteBuddy\\$\\w++",
      "",
      "com.acme.OrderService$ByteBuddy$pQ4vX2aB.place",
      "com.acme.OrderService.place"),
  MOCKITO(
      "mock by Mockito",
      "\\$MockitoMock\\$\\d++",
      "",
      "com.acme.OrderService$MockitoMock$1480361842.place",
      "com.acme.OrderService.place"),
  WELD(
      "client proxy or subclass of Weld",
      "(?:\\$Proxy\\$)?_(?:\\$\\$_)?Weld\\w++",
      "",
      "com.acme.OrderService$Proxy$_$$_WeldClientProxy.place",
      "com.acme.OrderService.place"),
  OPEN_WEB_BEANS(
      "proxy of OpenWebBeans or TomEE",
      "\\$\\$(?:Owb[A-Z]\\w*?Proxy\\d++|LocalBeanProxy)",
      "",
      "com.acme.OrderService$$OwbNormalScopeProxy0.place",
      "com.acme.OrderService.place"),
  QUARKUS(
      "client proxy or subclass of Quarkus",
      "_(?:ClientProxy|Subclass)(?=\\.)|\\$\\$superforward\\d*+$",
      "",
      "com.acme.OrderService_Subclass.place$$superforward",
      "com.acme.OrderService.place"),
  MICRONAUT(
      "interceptor of Micronaut",
      "\\.\\$([^.$]++)\\$Definition\\b[^.]*+\\.(?:\\$\\$access\\$\\$)?(?=[^.]++$)",
      ".$1.",
      "com.acme.$OrderService$Definition$Intercepted.$$access$$place",
      "com.acme.OrderService.place"),
  HK2(
      "proxy of HK2, in Jersey",
      "__HK2_Generated_\\d++",
      "",
      "com.acme.OrderService__HK2_Generated_0.place",
      "com.acme.OrderService.place"),
  JBOSS_VIEW(
      "view of an EJB",
      "\\$\\$\\$(?:view|endpoint)\\d*+",
      "",
      "com.acme.OrderBean$$$view12.place",
      "com.acme.OrderBean.place"),
  SPRING_AOT(
      "what Spring generates ahead of time",
      "__(?:AotRepository|BeanDefinitions|Autowired|BeanFactoryRegistrations)(?=\\.)",
      "",
      "com.acme.OrderRepositoryImpl__AotRepository.findAll",
      "com.acme.OrderRepositoryImpl.findAll"),
  ASPECTJ_BODY(
      "AspectJ's copy of an advised body",
      "_aroundBody\\d++(?:\\$advice)?$",
      "",
      "com.acme.OrderService.place_aroundBody0",
      "com.acme.OrderService.place"),
  AGENT_ORIGINAL(
      "an agent's copy of an instrumented method",
      "\\$(?:sw\\$)?(?:original|accessor)\\$[^.]*+$",
      "",
      "com.acme.OrderService.place$original$Xo3Kq7Yb",
      "com.acme.OrderService.place"),
  ENTITY_WEAVING(
      "access to a field of a woven entity",
      "\\.(?:\\$\\$_hibernate_(?:read|write)_|_persistence_(?:get|set)_)(\\w++)$",
      ".$1",
      "com.acme.Order.$$_hibernate_read_lines",
      "com.acme.Order.lines"),
  HIDDEN_CLASS(
      "address of a hidden class",
      "/(?:0x)?[0-9a-f]++(?=\\.)",
      "",
      "com.acme.Template/0x0000000800d41c00.render",
      "com.acme.Template.render"),

  LAMBDA_IN_CONSTRUCTOR(
      "lambda in a constructor or initialiser",
      "\\.lambda\\$new\\$(?:[0-9a-f]{6,8}\\$)?\\d++$",
      ".<init>",
      "com.acme.OrderService.lambda$new$0",
      "com.acme.OrderService.<init>"),
  LAMBDA_IN_STATIC(
      "lambda in a static initialiser",
      "\\.lambda\\$static\\$(?:[0-9a-f]{6,8}\\$)?\\d++$",
      ".<clinit>",
      "com.acme.OrderService.lambda$static$3",
      "com.acme.OrderService.<clinit>"),
  LAMBDA(
      "lambda: counts as the method it stands in",
      "\\.lambda\\$([^.]+?)\\$(?:[0-9a-f]{6,8}\\$)?\\d++$",
      ".$1",
      "com.acme.OrderService.lambda$place$7f6d5d3e$1",
      "com.acme.OrderService.place"),
  LAMBDA_OF_ECLIPSE(
      "lambda compiled by Eclipse",
      "\\.lambda\\$\\d++$",
      ".lambda",
      "com.acme.OrderService.lambda$12",
      "com.acme.OrderService.lambda"),

  KOTLIN_LAMBDA(
      "Kotlin's lambda: counts as the function it stands in",
      "(?<=[^.])\\$lambda[-$]\\d[^.]*+$",
      "",
      "com.acme.OrderService.place$lambda$3$lambda-2",
      "com.acme.OrderService.place"),
  KOTLIN_INTERFACE(
      "Kotlin's class of an interface's bodies",
      "\\$DefaultImpls(?=\\.)",
      "",
      "com.acme.PaymentService$DefaultImpls.pay",
      "com.acme.PaymentService.pay"),
  KOTLIN_DEFAULT(
      "Kotlin's bridges for default arguments and open suspend functions",
      "\\$(?:default|suspendImpl)$",
      "",
      "com.acme.OrderService.place$default",
      "com.acme.OrderService.place"),
  KOTLIN_MANGLED(
      "hash of a Kotlin function with value classes",
      "\\.([^.$-]++)-(?:impl|[A-Za-z0-9_-]{7})$",
      ".$1",
      "com.acme.OrderService.place-0E7RQCE",
      "com.acme.OrderService.place"),
  KOTLIN_INTERNAL(
      "module in the name of an internal Kotlin function",
      "\\$\\w++(?<=_(?:main|test|debug|release))$",
      "",
      "com.acme.OrderService.place$app_main",
      "com.acme.OrderService.place"),
  KOTLIN_CONTINUATION(
      "Kotlin's class of a lambda or coroutine: counts as its function",
      "^([^$]++(?:\\$[^a-z$][^$]*+)*+)\\$([a-z][^.$]*+)\\$[^.]*+(?<=\\$\\d{1,4})"
          + "\\.(?:invoke|invokeSuspend|create|emit|doResume)$",
      "$1.$2",
      "com.acme.OrderService$place$2$lines$1.invokeSuspend",
      "com.acme.OrderService.place"),

  SCALA_ANONFUN_CLASS(
      "Scala 2.11's class of a function: counts as its method",
      before("\\$\\$anonfun\\$") + "\\$\\$anonfun\\$([^.$]++)[^.]*+\\.apply[^.]*+$",
      "$1.$2",
      "com.acme.Orders$$anonfun$place$1$$anonfun$apply$2.apply$mcV$sp",
      "com.acme.Orders.place"),
  SCALA_ANONFUN(
      "Scala's function: counts as its method",
      "\\.\\$anonfun\\$([^.$]++)\\$\\d++(?:\\$adapted)?$",
      ".$1",
      "com.acme.Orders.$anonfun$place$1$adapted",
      "com.acme.Orders.place"),
  SCALA_3_ANONFUN(
      "Scala 3's function: counts as its method",
      "\\$\\$anonfun\\$\\d[^.]*+$",
      "",
      "com.acme.Orders.place$$anonfun$1",
      "com.acme.Orders.place"),
  SCALA_SPECIALIZED(
      "Scala's copy of a method for primitive types",
      "\\$mc[A-Z]++\\$sp$",
      "",
      "com.acme.Orders.apply$mcV$sp",
      "com.acme.Orders.apply"),
  SCALA_TRAIT(
      "Scala's class of a trait's bodies, and its way to one",
      "\\$class(?=\\.[^.]++$)|(?<=[^.$])\\$$",
      "",
      "com.acme.Orders$class.place$",
      "com.acme.Orders.place"),
  SCALA_OBJECT(
      "Scala's class of an object",
      "\\$\\.(?=[^.]++$)",
      ".",
      "com.acme.Orders$.place",
      "com.acme.Orders.place"),

  GROOVY_CLOSURE_IN_METHOD(
      "Groovy's closure: counts as its method",
      before("\\$_\\w")
          + "\\$_(?!closure\\d|lambda\\d)(\\w+?)_(?:closure|lambda)\\d[^.]*+\\.[^.]++$",
      "$1.$2",
      "com.acme.OrderService$_place_closure1$_closure2.doCall",
      "com.acme.OrderService.place"),
  GROOVY_CLOSURE(
      "Groovy's closure outside of a method",
      before("\\$_\\w") + "\\$_(?:closure|lambda)\\d[^.]*+\\.[^.]++$",
      "$1.closure",
      "com.acme.OrderService$_closure3.doCall",
      "com.acme.OrderService.closure"),
  GROOVY_SCRIPT(
      "number of a Groovy script",
      "^((?:SimpleTemplate|GStringTemplate|StreamingTemplate)?Script)"
          + "(?:\\d++|_?[0-9a-f]{16,})\\.",
      "$1.",
      "SimpleTemplateScript12.run",
      "SimpleTemplateScript.run"),
  GROOVY_SUPER(
      "Groovy's bridge to a method of the superclass, or from a closure",
      "\\.(?:super|this)\\$\\d++\\$(?=[^.]++$)",
      ".",
      "com.acme.OrderService.super$2$place",
      "com.acme.OrderService.place"),

  CLOJURE_NUMBER(
      "number that Clojure's compiler gives",
      "__\\d++(?=[.$]|__)|(?<=\\$eval)\\d++(?=[.$])",
      "",
      "acme.orders$place$fn__1234$reify__99.toString",
      "acme.orders$place$fn$reify.toString"),
  CLOJURE_FUNCTION(
      "Clojure's class of a function",
      "^([a-z_][a-z0-9_.]*+)\\$([^.$]++)[^.]*+"
          + "\\.(?:invoke|invokeStatic|invokePrim|doInvoke|applyTo)$",
      "$1.$2",
      "acme.orders$place$fn.invokeStatic",
      "acme.orders.place"),

  JSP_TAG(
      "number of a tag in a JSP",
      "_005f\\d++$",
      "",
      "org.apache.jsp.orders_jsp._jspx_meth_c_005fif_005f3",
      "org.apache.jsp.orders_jsp._jspx_meth_c_005fif"),
  SPARK_STAGE(
      "number of a stage in Spark's generated code",
      "(?<=\\$GeneratedIteratorForCodegenStage)\\d++",
      "",
      "org.apache.spark.sql.catalyst.expressions.GeneratedClass"
          + "$GeneratedIteratorForCodegenStage12.processNext",
      "org.apache.spark.sql.catalyst.expressions.GeneratedClass"
          + "$GeneratedIteratorForCodegenStage.processNext"),
  LOCAL_CLASS(
      "number of a local class",
      "\\$\\d++(?=[A-Za-z_])",
      "\\$",
      "com.acme.OrderService$1Line.price",
      "com.acme.OrderService$Line.price"),
  ANONYMOUS_CLASS(
      "number of an anonymous class, or of a switch's table",
      "\\$\\d++(?=[.$])",
      "\\$*",
      "com.acme.OrderService$2$1.run",
      "com.acme.OrderService$*$*.run"),
  NUMBERED_METHOD(
      "number that a compiler put behind a method",
      "(?<=[^.])\\$\\d++$",
      "",
      "com.acme.Orders.loop$1",
      "com.acme.Orders.loop");

  private final String meaning;
  private final Pattern pattern;
  private final @Nullable String replacement;
  private final String before;
  private final @Nullable String after;

  /** A rule that drops the frame. */
  FrameRule(String meaning, String pattern, String before) {
    this(meaning, pattern, null, before, null);
  }

  FrameRule(
      String meaning,
      String pattern,
      @Nullable String replacement,
      String before,
      @Nullable String after) {
    this.meaning = meaning;
    this.pattern = Pattern.compile(pattern);
    this.replacement = replacement;
    this.before = before;
    this.after = after;
  }

  /** A group of all that stands before the first match, found in one pass. */
  private static String before(String first) {
    return "^((?:(?!" + first + ").)++)";
  }

  /** What the rule is about, in a line. */
  String meaning() {
    return meaning;
  }

  /** An example of a name that it changes. */
  String before() {
    return before;
  }

  /** What it makes of the example; null when it drops the frame. */
  @Nullable String after() {
    return after;
  }

  /** Where in a name it applies. */
  Pattern pattern() {
    return pattern;
  }

  /** Whether it tells a generated subclass, whose own code is between its callers and its base. */
  boolean isProxy() {
    return compareTo(CGLIB) >= 0 && compareTo(JBOSS_VIEW) <= 0;
  }

  /** Whether it tells code that is passed on, to be called by whoever got it. */
  boolean isPassedOn() {
    return switch (this) {
      case LAMBDA_IN_CONSTRUCTOR,
          LAMBDA_IN_STATIC,
          LAMBDA,
          LAMBDA_OF_ECLIPSE,
          KOTLIN_LAMBDA,
          KOTLIN_CONTINUATION,
          SCALA_ANONFUN_CLASS,
          SCALA_ANONFUN,
          SCALA_3_ANONFUN,
          GROOVY_CLOSURE_IN_METHOD,
          GROOVY_CLOSURE,
          ANONYMOUS_CLASS ->
          true;
      default -> false;
    };
  }

  /** The name without what this rule takes out; null when the frame is nobody's code. */
  @Nullable String apply(String name) {
    return replacement == null
        ? pattern.matcher(name).find() ? null : name
        : pattern.matcher(name).replaceAll(replacement);
  }
}
