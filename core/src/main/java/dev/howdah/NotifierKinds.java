package dev.howdah;

import dev.howdah.notify.EmailNotifier;
import dev.howdah.notify.HttpBuilder;
import dev.howdah.notify.MessageTemplate;
import dev.howdah.notify.Notifier;
import dev.howdah.notify.NotifierFactory;
import dev.howdah.notify.PagerDutyNotifier;
import dev.howdah.notify.SlackNotifier;
import dev.howdah.notify.WebhookNotifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.stream.Collectors;

/** Makes a notifier of any kind from the settings of its channel. */
final class NotifierKinds {

  /** A value of which nothing is known, so it may be a secret. */
  private static final ValueFormat UNKNOWN = ValueFormat.of(Setting.Kind.SECRET);

  private NotifierKinds() {}

  static String lowerCase(String kind) {
    return kind.toLowerCase(Locale.ROOT);
  }

  /**
   * Makes a notifier.
   *
   * @throws IllegalArgumentException when there is no such kind, or a setting is wrong
   */
  static Notifier create(String kind, ChannelValues values) {
    String known = lowerCase(kind);
    if (!ChannelSetting.ownKinds().contains(known)) {
      return foreign(kind, values);
    }
    requireNoOthers(known, values);
    return switch (known) {
      case "email" -> email(values);
      case "slack" -> slack(values);
      case "webhook" -> webhook(values);
      case "pagerduty" -> pagerDuty(values);
      default -> throw new IllegalStateException("nobody makes the kind " + known);
    };
  }

  private static Notifier email(ChannelValues values) {
    EmailNotifier.Builder builder = EmailNotifier.builder();
    values.giveText(ChannelSetting.SMTP_HOST, builder::smtpHost);
    values.give(ChannelSetting.SMTP_PORT, Integer.class, builder::smtpPort);
    values.give(ChannelSetting.SECURITY, EmailNotifier.Security.class, builder::security);
    values.giveText(ChannelSetting.EMAIL_USERNAME, builder::username);
    values.giveText(ChannelSetting.EMAIL_PASSWORD, builder::password);
    values.giveText(ChannelSetting.FROM_EMAIL, builder::fromEmail);
    values.giveText(ChannelSetting.TO_EMAILS, builder::toEmails);
    values.giveText(ChannelSetting.REPLY_TO, builder::replyTo);
    values.giveText(
        ChannelSetting.SUBJECT, subject -> builder.subject(MessageTemplate.of(subject)));
    values.give(ChannelSetting.TRUSTED_CERTIFICATES, Path.class, builder::trustedCertificates);
    values.giveText(ChannelSetting.SOCKS_HOST, builder::socksHost);
    values.give(ChannelSetting.SOCKS_PORT, Integer.class, builder::socksPort);
    values.give(
        ChannelSetting.TIMEOUT,
        Duration.class,
        timeout -> builder.connectTimeout(timeout).readTimeout(timeout).writeTimeout(timeout));
    return builder.build();
  }

  private static Notifier slack(ChannelValues values) {
    SlackNotifier.Builder builder = SlackNotifier.builder();
    values.giveText(ChannelSetting.WEBHOOK_URL, builder::webhookUrl);
    giveHttpSettings(values, builder);
    return builder.build();
  }

  private static Notifier webhook(ChannelValues values) {
    WebhookNotifier.Builder builder = WebhookNotifier.builder();
    values.giveText(ChannelSetting.URL, builder::url);
    values.give(ChannelSetting.METHOD, Enum.class, method -> builder.method(method.name()));
    values.giveText(ChannelSetting.CONTENT_TYPE, builder::contentType);
    values.giveText(ChannelSetting.BODY_TEMPLATE, builder::bodyTemplate);
    values.giveText(ChannelSetting.HEADERS, builder::headers);
    values.giveText(ChannelSetting.SECRET, builder::secret);
    giveHttpSettings(values, builder);
    return builder.build();
  }

  private static Notifier pagerDuty(ChannelValues values) {
    PagerDutyNotifier.Builder builder = PagerDutyNotifier.builder();
    values.giveText(ChannelSetting.ROUTING_KEY, builder::routingKey);
    values.giveText(ChannelSetting.EVENTS_URL, builder::url);
    giveHttpSettings(values, builder);
    return builder.build();
  }

  private static void giveHttpSettings(ChannelValues values, HttpBuilder<?> builder) {
    values.give(ChannelSetting.TIMEOUT, Duration.class, builder::timeout);
    values.give(ChannelSetting.FOLLOW_REDIRECTS, Boolean.class, builder::followRedirects);
    values.give(
        ChannelSetting.ALLOW_PRIVATE_ADDRESSES, Boolean.class, builder::allowPrivateAddresses);
    values.giveText(ChannelSetting.PROXY_HOST, builder::proxyHost);
    values.give(ChannelSetting.PROXY_PORT, Integer.class, builder::proxyPort);
  }

  private static void requireNoOthers(String kind, ChannelValues values) {
    values.others().keySet().stream()
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "there is no setting '%s': it must be one of %s"
                      .formatted(
                          name,
                          ChannelSetting.of(kind).stream()
                              .map(ChannelSetting::settingName)
                              .collect(Collectors.joining(", "))));
            });
  }

  /** The code is not ours: whatever it throws, the application has to start. */
  private static Notifier foreign(String kind, ChannelValues values) {
    try {
      NotifierFactory factory = factory(kind);
      values.others().forEach(UNKNOWN::parse);
      return Objects.requireNonNull(factory.create(values.others()));
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (LinkageError | ServiceConfigurationError e) {
      throw new IllegalArgumentException("a NotifierFactory can't be used: " + e, e);
    } catch (RuntimeException e) {
      // Its message may hold anything, a secret too.
      throw new IllegalArgumentException(
          "the NotifierFactory of '" + kind + "' has failed by " + e.getClass().getName(), e);
    }
  }

  private static NotifierFactory factory(String kind) {
    Map<String, NotifierFactory> others = NotifierFactories.byKind();
    NotifierFactory factory = others.get(lowerCase(kind));
    if (factory == null) {
      List<String> kinds = new ArrayList<>(ChannelSetting.ownKinds());
      kinds.addAll(others.keySet());
      throw new IllegalArgumentException(
          (kind.isEmpty()
                  ? "setting 'kind' has no value"
                  : "setting 'kind' has the value '" + kind + "'")
              + ": it must be one of "
              + String.join(", ", kinds));
    }
    return factory;
  }
}
