package dev.whileaway.worker.deliver.mail;

import dev.whileaway.worker.deliver.DeliverySettings.Login;
import dev.whileaway.worker.deliver.DeliverySettings.Smtp;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import javax.net.ssl.SSLSocketFactory;

/// Opens connections to the configured server: greeted, encrypted and logged in.
final class SmtpConnector implements AutoCloseable {

  private static final ThreadFactory DAEMONS =
      Thread.ofPlatform().daemon().name("smtp-write-timeout").factory();

  private final Smtp settings;
  private final Session session;

  /// Without it the library starts a thread for each connection.
  private final ScheduledThreadPoolExecutor writeTimeouts =
      new ScheduledThreadPoolExecutor(1, DAEMONS);

  /// @param tls in place of the system's trust
  SmtpConnector(Smtp settings, Optional<SSLSocketFactory> tls) {
    this.settings = settings;
    writeTimeouts.setRemoveOnCancelPolicy(true);
    var properties = properties();
    tls.ifPresent(factory -> properties.put("mail.smtp.ssl.socketFactory", factory));
    session = Session.getInstance(properties);
  }

  SmtpConnection connect() throws MessagingException {
    var connection = new SmtpConnection(session);
    connection.connect(
        settings.host(),
        settings.port(),
        settings.login().map(Login::username).orElse(null),
        settings.login().map(Login::password).orElse(null));
    return connection;
  }

  @Override
  public void close() {
    writeTimeouts.shutdownNow();
  }

  private Properties properties() {
    var properties = new Properties();
    // All of them are infinite by default.
    var timeout = Long.toString(settings.timeout().toMillis());
    properties.setProperty("mail.smtp.connectiontimeout", timeout);
    properties.setProperty("mail.smtp.timeout", timeout);
    properties.setProperty("mail.smtp.writetimeout", timeout);
    properties.put("mail.smtp.executor.writetimeout", writeTimeouts);
    properties.put("mail.smtp.socketFactory", new NoDelaySocketFactory());
    properties.setProperty("mail.smtp.socketFactory.fallback", "false");
    setStartTls(properties);
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    properties.setProperty("mail.smtp.auth", Boolean.toString(settings.login().isPresent()));
    // On, it would make a successful send throw.
    properties.setProperty("mail.smtp.reportsuccess", "false");
    // A server that hangs must not hold us when we leave.
    properties.setProperty("mail.smtp.quitwait", "false");
    // Lets the connection write such addresses; whether it may is SmtpConnection's concern.
    properties.setProperty("mail.mime.allowutf8", "true");
    return properties;
  }

  private void setStartTls(Properties properties) {
    switch (settings.startTls()) {
      case REQUIRED -> {
        properties.setProperty("mail.smtp.starttls.enable", "true");
        properties.setProperty("mail.smtp.starttls.required", "true");
      }
      case OPTIONAL -> properties.setProperty("mail.smtp.starttls.enable", "true");
      case OFF -> properties.setProperty("mail.smtp.starttls.enable", "false");
    }
  }
}
