package dev.whileaway.simulator.actors;

import dev.whileaway.simulator.audit.RetractedPush;
import dev.whileaway.simulator.audit.SentDigest;
import dev.whileaway.simulator.clockwork.Strand;
import dev.whileaway.simulator.world.Faults;
import dev.whileaway.simulator.world.Tally;
import dev.whileaway.simulator.world.World;
import dev.whileaway.v1.Channel;
import dev.whileaway.v1.Device;
import dev.whileaway.worker.deliver.Mail;
import dev.whileaway.worker.deliver.MailSender;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.deliver.Retraction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The providers, as one worker meets them: they take, refuse, ask to come later, or take and never
/// say so; and the way to them breaks.
final class Providers {

  private final World world;
  private final Strand strand;
  private final Desk desk;
  private final Runnable hazard;

  Providers(World world, Strand strand, Desk desk, Runnable hazard) {
    this.world = world;
    this.strand = strand;
    this.desk = desk;
    this.hazard = hazard;
  }

  /// What is on its way to a provider.
  ///
  /// @param digestId of a push that its device can take back; else empty
  private record Parcel(
      Channel channel, String target, int events, String tokens, String digestId) {}

  PushSender push() {
    return new PushSender() {
      @Override
      public boolean serves(Device device) {
        return true;
      }

      @Override
      public Outcome send(Push push) {
        return Providers.this.send(
            new Parcel(
                Channel.CHANNEL_PUSH,
                push.device().getToken(),
                push.text().badge(),
                push.text().body(),
                optedIn(push.device()) ? push.digestId() : ""));
      }

      @Override
      public boolean retracts(Device device) {
        return optedIn(device);
      }

      @Override
      public Outcome retract(Retraction retraction) {
        return Providers.this.retract(retraction);
      }

      @Override
      public void close() {}
    };
  }

  MailSender mail() {
    return new MailSender() {
      @Override
      public Outcome send(Mail mail) {
        return Providers.this.send(
            new Parcel(
                Channel.CHANNEL_EMAIL,
                mail.toAddress(),
                Integer.parseInt(mail.text().subject()),
                mail.text().text(),
                ""));
      }

      @Override
      public void close() {}
    };
  }

  private static boolean optedIn(Device device) {
    return device.getApp().equals(Profiles.RETRACTING_APP);
  }

  private Outcome retract(Retraction retraction) {
    hazard.run();
    strand.sleep(world.chance().between(0, 300));
    Device device = retraction.device();
    var push = new RetractedPush(retraction.digestId(), device.getToken(), optedIn(device));
    world.tally().count(Tally.Kind.RETRACTIONS);
    world.trace().line(() -> "provider is asked to take back " + push);
    world.auditor().retracted(push);
    return new Outcome.Accepted("", "");
  }

  private Outcome send(Parcel parcel) {
    Faults faults = world.setting().faults();
    hazard.run();
    strand.sleep(world.chance().between(0, 300));
    if (world.strikes(faults.breaks())) {
      handed(parcel, false);
      throw new IllegalStateException("the connection broke before the send");
    }
    if (world.strikes(faults.busy())) {
      var delay = Duration.ofSeconds(world.chance().between(0, 90));
      return refused(parcel, new Outcome.RetryAfter(delay, "busy"));
    }
    if (world.strikes(faults.refused())) {
      return refused(parcel, new Outcome.Rejected("refused"));
    }
    if (world.strikes(faults.dead())) {
      return refused(parcel, new Outcome.Unregistered(Optional.empty(), "dead"));
    }
    if (world.strikes(faults.silent())) {
      handed(parcel, world.chance().hits(0.5));
      world.tally().count(Tally.Kind.UNANSWERED_SENDS);
      return new Outcome.Unknown("no answer");
    }
    handed(parcel, true);
    hazard.run();
    if (world.strikes(faults.breaks())) {
      throw new IllegalStateException("the connection broke after the send");
    }
    return new Outcome.Accepted("", "");
  }

  private Outcome refused(Parcel parcel, Outcome outcome) {
    handed(parcel, false);
    world.tally().count(Tally.Kind.REFUSED_SENDS);
    return outcome;
  }

  private void handed(Parcel parcel, boolean accepted) {
    if (accepted) {
      boolean push = parcel.channel() == Channel.CHANNEL_PUSH;
      world.tally().count(push ? Tally.Kind.PUSHES : Tally.Kind.MAILS);
    }
    List<String> tokens =
        parcel.tokens().isEmpty()
            ? List.of()
            : List.of(parcel.tokens().split(TokenRenderer.SEPARATOR));
    var digest =
        new SentDigest(
            desk.lease(),
            desk.knewStep(),
            parcel.channel(),
            parcel.target(),
            parcel.events(),
            tokens,
            parcel.digestId(),
            accepted);
    world.trace().line(() -> "provider is handed " + digest);
    world.auditor().sent(digest);
  }
}
