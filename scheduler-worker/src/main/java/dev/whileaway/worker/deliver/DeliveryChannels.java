package dev.whileaway.worker.deliver;

import dev.whileaway.v1.Platform;
import dev.whileaway.worker.deliver.file.DigestFolder;
import dev.whileaway.worker.deliver.file.FilePushSender;
import dev.whileaway.worker.deliver.mail.FileMailSender;
import dev.whileaway.worker.deliver.mail.FullMailboxes;
import dev.whileaway.worker.deliver.mail.MailComposer;
import dev.whileaway.worker.deliver.mail.SmtpMailSender;
import dev.whileaway.worker.deliver.mail.Suppressions;
import dev.whileaway.worker.deliver.mail.feedback.FeedbackServer;
import dev.whileaway.worker.deliver.push.ApnsPushSender;
import dev.whileaway.worker.deliver.push.FcmPushSender;
import dev.whileaway.worker.deliver.push.HmsPushSender;
import dev.whileaway.worker.deliver.push.PushLoops;
import dev.whileaway.worker.deliver.route.Routes;
import dev.whileaway.worker.deliver.webpush.WebPushSender;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The configured channels, open: what is not configured writes files.
public final class DeliveryChannels implements AutoCloseable {

  private final PushSender push;
  private final MailSender mail;
  private final PushLoops loops;
  private final Routes routes;
  private final FullMailboxes full;
  private final Optional<FeedbackServer> feedback;

  private DeliveryChannels(
      PushSender push,
      MailSender mail,
      PushLoops loops,
      Routes routes,
      FullMailboxes full,
      Optional<FeedbackServer> feedback) {
    this.full = full;
    this.feedback = feedback;
    this.push = push;
    this.mail = mail;
    this.loops = loops;
    this.routes = routes;
  }

  /// @param places digests that the worker has in work at once, at most: the channels share them
  /// @param suppressions asked before each mail, and told of dead mailboxes and complaints
  /// @throws IOException if a key file cannot be read, the folder for files not be made, or the
  ///   port for feedback not be opened; the message names it
  public static DeliveryChannels open(
      DeliverySettings settings, int places, Suppressions suppressions, InstantSource clock)
      throws IOException {
    var composer = MailComposer.open(settings.identity(), clock);
    var folder = new DigestFolder(settings.files(), clock);
    var loops = new PushLoops();
    var routes = new Routes(places, clock);
    var full = new FullMailboxes(clock);
    Map<Platform, List<PushSender>> senders = new EnumMap<>(Platform.class);
    Optional<FeedbackServer> feedback;
    try {
      openPush(settings, clock, loops, routes, senders);
      feedback = openFeedback(settings, suppressions, full);
    } catch (IOException e) {
      senders.values().forEach(opened -> opened.forEach(PushSender::close));
      loops.close();
      throw e;
    }
    var mail =
        settings
            .smtp()
            .map(smtp -> routes.route(new SmtpMailSender(smtp, composer, suppressions, full), smtp))
            .orElseGet(() -> new FileMailSender(folder, composer, suppressions));
    return new DeliveryChannels(
        new RoutingPushSender(senders, new FilePushSender(folder)),
        mail,
        loops,
        routes,
        full,
        feedback);
  }

  /// Sends to any device; one that no configured provider serves is [Outcome.Rejected] or, where
  /// nothing is configured for its platform, written as a file.
  public PushSender push() {
    return push;
  }

  public MailSender mail() {
    return mail;
  }

  /// The ways that pushes and mails take.
  public Routes routes() {
    return routes;
  }

  /// The mailboxes that were found full.
  public FullMailboxes fullMailboxes() {
    return full;
  }

  /// Ends all connections; what is being sent should have ended before.
  @Override
  public void close() {
    feedback.ifPresent(FeedbackServer::close);
    push.close();
    mail.close();
    loops.close();
  }

  private static void openPush(
      DeliverySettings settings,
      InstantSource clock,
      PushLoops loops,
      Routes routes,
      Map<Platform, List<PushSender>> opened)
      throws IOException {
    for (var fcm : settings.fcm()) {
      var sender = new FcmPushSender(fcm, loops, clock);
      add(
          opened,
          Platform.PLATFORM_FCM,
          routes.route(name("fcm", fcm.app()), sender, fcm.limits()));
    }
    for (var apns : settings.apns()) {
      var sender = new ApnsPushSender(apns, loops, clock);
      add(
          opened,
          Platform.PLATFORM_APNS,
          routes.route(name("apns", apns.app()), sender, apns.limits()));
    }
    for (var hms : settings.hms()) {
      var sender = new HmsPushSender(hms, loops, clock);
      add(
          opened,
          Platform.PLATFORM_HMS,
          routes.route(name("hms", hms.app()), sender, hms.limits()));
    }
    for (var web : settings.webPush()) {
      var sender = new WebPushSender(web, loops, clock);
      add(
          opened,
          Platform.PLATFORM_WEB,
          routes.route(name("web", web.app()), sender, web.limits()));
    }
  }

  private static String name(String platform, String app) {
    return (platform + " " + app).strip();
  }

  private static Optional<FeedbackServer> openFeedback(
      DeliverySettings settings, Suppressions suppressions, FullMailboxes full) throws IOException {
    var bounces = settings.identity().bounces();
    return bounces.isPresent() && bounces.get().feedback().isPresent()
        ? Optional.of(FeedbackServer.start(bounces.get(), suppressions, full))
        : Optional.empty();
  }

  private static void add(
      Map<Platform, List<PushSender>> opened, Platform platform, PushSender sender) {
    opened.computeIfAbsent(platform, _ -> new ArrayList<>()).add(sender);
  }
}
