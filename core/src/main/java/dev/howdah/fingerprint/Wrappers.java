package dev.howdah.fingerprint;

import dev.howdah.event.ThrowableInfo;
import java.util.Set;

/**
 * Throwables that only carry another over a border, between threads, through reflection, or from
 * checked to unchecked: the chain is read as if they were not there.
 */
final class Wrappers {

  private static final Set<String> TYPES =
      Set.of(
          "java.lang.Exception",
          "java.lang.RuntimeException",
          "java.lang.Error",
          "java.lang.ExceptionInInitializerError",
          "java.lang.reflect.InvocationTargetException",
          "java.lang.reflect.UndeclaredThrowableException",
          "java.io.UncheckedIOException",
          "java.security.PrivilegedActionException",
          "java.util.concurrent.CompletionException",
          "java.util.concurrent.ExecutionException",
          "java.util.concurrent.StructuredTaskScope$FailedException",
          "javax.management.MBeanException",
          "javax.management.RuntimeMBeanException",
          "javax.management.RuntimeErrorException",
          "javax.management.ReflectionException",
          "javax.servlet.ServletException",
          "jakarta.servlet.ServletException",
          "javax.ejb.EJBException",
          "jakarta.ejb.EJBException",
          "javax.ejb.EJBTransactionRolledbackException",
          "jakarta.ejb.EJBTransactionRolledbackException",
          "org.springframework.web.util.NestedServletException",
          "org.springframework.kafka.listener.ListenerExecutionFailedException",
          "org.springframework.amqp.rabbit.support.ListenerExecutionFailedException",
          "org.springframework.jms.listener.adapter.ListenerExecutionFailedException",
          "org.springframework.messaging.MessageHandlingException",
          "org.springframework.scheduling.quartz.JobMethodInvocationFailedException",
          "org.springframework.cache.Cache$ValueRetrievalException",
          "org.quartz.JobExecutionException",
          "org.apache.camel.CamelExecutionException",
          "org.apache.camel.RuntimeCamelException",
          "org.apache.jasper.JasperException",
          "org.glassfish.jersey.server.internal.process.MappableException",
          "org.glassfish.jersey.server.ContainerException",
          "org.jboss.resteasy.spi.UnhandledException",
          "org.codehaus.groovy.runtime.InvokerInvocationException",
          "com.google.common.util.concurrent.UncheckedExecutionException",
          "com.google.common.util.concurrent.ExecutionError",
          "reactor.core.Exceptions$ReactiveException",
          "io.reactivex.exceptions.OnErrorNotImplementedException",
          "io.reactivex.exceptions.UndeliverableException",
          "io.reactivex.rxjava3.exceptions.OnErrorNotImplementedException",
          "io.reactivex.rxjava3.exceptions.UndeliverableException",
          "scala.concurrent.impl.Promise$BoxedException",
          "play.api.UnexpectedException");

  private Wrappers() {}

  /**
   * @return true when the throwable has a cause and says nothing that the cause doesn't
   */
  static boolean seesThrough(ThrowableInfo throwable) {
    ThrowableInfo cause = throwable.cause();
    return cause != null && !cause.repeated() && TYPES.contains(throwable.className());
  }
}
