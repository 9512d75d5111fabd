package dev.howdah.fingerprint;

import java.util.List;

/** Prefixes of the names of code that is not the application's. */
final class KnownCode {

  /** The JDK, other JVMs' own classes, and the run times of languages. */
  static final List<String> PLATFORM =
      words(
          """
          java javax jdk sun com.sun com.oracle.svm com.oracle.truffle org.graalvm oracle.jrockit
          com.ibm.jvm com.ibm.oti com.ibm.java org.openj9 openj9 dalvik libcore android androidx
          com.android kotlin kotlinx scala dotty groovy org.codehaus.groovy org.apache.groovy
          clojure org.jruby org.python jdk.nashorn org.openjdk.nashorn
          org.xml.sax org.w3c.dom org.ietf.jgss org.omg
          """);

  /** Libraries, frameworks, servers and tools. */
  static final List<String> LIBRARIES =
      words(
          """
          $Proxy dev.howdah jakarta
          org.apache org.eclipse org.jboss org.wildfly org.xnio io.undertow org.glassfish
          org.jvnet com.sun.faces com.sun.jersey weblogic com.bea com.ibm com.caucho org.mortbay
          winstone
          org.springframework org.springdoc io.springfox springfox org.aopalliance org.aspectj
          io.quarkus io.smallrye io.micronaut io.helidon io.vertx io.ktor io.javalin ratpack spark
          play akka org.apache.pekko zio cats fs2 org.http4s monix scalaz
          com.twitter io.dropwizard com.google.inject dagger org.koin arrow com.vaadin
          org.primefaces org.omnifaces org.zkoss wicket org.thymeleaf nz.net.ultraq freemarker
          gg.jte com.hubspot com.mitchellbosecke io.pebbletemplates com.github.mustachejava
          org.grails grails org.gradle worker.org.gradle com.netflix io.sundr
          io.netty org.jctools com.lmax org.agrona io.aeron org.zeromq io.nats io.rsocket io.grpc
          okhttp3 okio retrofit2 feign kong.unirest com.mashape com.squareup com.ning.http
          org.asynchttpclient io.reactivex rx reactor hu.akarnokd org.reactivestreams
          org.hibernate org.jooq org.mybatis com.baomidou org.jdbi com.querydsl com.zaxxer com.mchange
          org.datanucleus io.ebean net.ttddyy com.p6spy liquibase org.flywaydb com.blazebit
          com.vladmihalcea io.hypersistence jodd org.sql2o org.javalite
          org.postgresql com.impossibl com.mysql org.mariadb oracle com.microsoft
          org.h2 org.hsqldb org.sqlite org.firebirdsql com.sap.db com.sybase net.sourceforge.jtds
          net.snowflake com.clickhouse ru.yandex.clickhouse com.vertica com.amazon.redshift
          io.r2dbc dev.miku io.asyncer com.mongodb org.bson redis.clients io.lettuce org.redisson
          com.datastax com.couchbase org.neo4j com.arangodb com.orientechnologies org.influxdb
          com.influxdb org.elasticsearch co.elastic org.opensearch com.sleepycat org.rocksdb
          org.mapdb org.iq80 com.github.benmanes net.sf.ehcache org.ehcache com.hazelcast
          org.infinispan org.jgroups net.spy com.whalin com.google.code.yanf4j net.rubyeye
          com.rabbitmq com.solacesystems io.confluent org.hornetq io.pravega
          com.fasterxml tools.jackson com.google.gson com.google.common com.google.protobuf
          com.google.api com.google.cloud com.google.firebase com.google.auth com.google.android
          com.google.template com.google.zxing com.jayway org.json org.codehaus net.minidev
          com.alibaba.fastjson com.alibaba.fastjson2 com.alibaba.druid com.alibaba.nacos
          com.alibaba.cloud com.alibaba.csp com.alibaba.dubbo com.alibaba.excel com.alibaba.ttl
          com.alibaba.rocketmq cn.hutool com.thoughtworks org.yaml org.dom4j org.jdom org.jdom2
          nu.xom org.jsoup com.ctc net.sf org.objenesis org.objectweb javassist net.bytebuddy
          com.esotericsoftware com.univocity com.opencsv org.supercsv org.modelmapper
          org.mapstruct ma.glasnost lombok com.itextpdf com.lowagie technology.tabula
          com.amazonaws software.amazon com.azure io.minio com.oracle.bmc com.aliyun com.qcloud
          com.stripe com.paypal com.twilio com.sendgrid com.slack com.pusher com.auth0
          io.jsonwebtoken com.nimbusds org.jose4j org.bouncycastle org.conscrypt org.keycloak
          org.pac4j org.opensaml net.shibboleth com.onelogin com.okta com.yubico
          org.slf4j ch.qos net.logstash org.tinylog org.pmw.tinylog com.google.flogger
          io.micrometer io.opentelemetry io.opentracing io.opencensus io.jaegertracing brave zipkin2
          io.prometheus com.codahale com.yammer io.sentry com.newrelic datadog com.datadog
          com.dynatrace com.appdynamics org.glowroot com.contrastsecurity org.jacoco
          com.jprofiler com.intellij org.jetbrains
          io.github.resilience4j io.github.bucket4j com.github.bucket4j dev.failsafe net.jodah
          com.github.rholder com.evanlennick org.quartz org.jobrunr com.github.kagkarlsson
          org.camunda io.camunda org.flowable org.activiti org.axonframework io.eventuate
          io.temporal com.uber io.zeebe org.kie org.drools org.mvel org.optaplanner ai.timefold
          org.jbpm graphql com.expediagroup com.apollographql org.dataloader io.leangen
          io.swagger org.openapitools org.zalando com.linecorp com.openhtmltopdf
          org.restlet org.jolokia com.jcraft net.schmizz org.jasig org.apereo org.ldaptive
          com.unboundid org.subethamail org.simplejavamail com.icegreen
          io.fabric8 io.kubernetes com.github.dockerjava com.spotify org.testcontainers
          com.orbitz com.ecwid org.jline jline picocli com.beust org.kohsuke hudson jenkins
          org.junit junit org.testng org.mockito org.powermock org.easymock org.assertj
          org.hamcrest org.spockframework org.scalatest org.specs2 io.kotest io.mockk io.cucumber
          cucumber org.jbehave io.restassured com.github.tomakehurst org.wiremock org.openqa
          com.codeborne com.microsoft.playwright org.awaitility net.jqwik com.tngtech org.openjdk
          org.tensorflow ai.djl org.deeplearning4j org.nd4j dev.langchain4j org.jgrapht
          org.locationtech com.vividsolutions org.geotools com.maxmind org.ojalgo org.la4j
          gnu it.unimi com.carrotsearch org.roaringbitmap org.eclipse.collections io.vavr
          io.atlassian javaslang org.threeten org.joda com.ibm.icu net.time4j jnr com.kenai
          com.sun.jna net.java.dev net.jpountz com.github.luben org.xerial org.tukaani
          org.pf4j org.osgi aQute com.typesafe slick doobie skunk sttp io.circe io.estatico
          com.softwaremill tapir caliban scopt anorm skinny scalikejdbc compojure ring hiccup
          cheshire metosin reitit muuntaja malli next.jdbc honeysql manifold aleph nrepl leiningen
          """);

  /** What is made of the application's own text in a library's package. */
  static final List<String> GENERATED_FROM_APPLICATION = words("org.apache.jsp");

  private KnownCode() {}

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+"));
  }
}
