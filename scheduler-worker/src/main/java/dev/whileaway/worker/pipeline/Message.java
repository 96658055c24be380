package dev.whileaway.worker.pipeline;

import dev.whileaway.templates.DigestContent;
import dev.whileaway.templates.PushText;
import dev.whileaway.v1.Device;
import dev.whileaway.worker.deliver.Mail;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.plan.Plan;
import java.util.List;
import java.util.function.Supplier;

/// A rendered digest, ready to go out.
sealed interface Message {

  /// Sends it to every target; never throws for what happened on the way.
  List<Outcome> send(Telling telling);

  static Message render(Plan.Tell tell, Telling telling) {
    return switch (tell) {
      case Plan.TellByPush push -> {
        PushText text = telling.renderer().push(push.digest());
        yield new Pushes(push.devices().stream().map(device -> push(push, device, text)).toList());
      }
      case Plan.TellByMail mail -> new OneMail(mail(mail, telling));
    };
  }

  private static Push push(Plan.TellByPush plan, Device device, PushText text) {
    return new Push(
        device,
        plan.digest().digestId(),
        plan.collapseKey(),
        text,
        plan.silent(),
        plan.expiresAt());
  }

  private static Mail mail(Plan.TellByMail plan, Telling telling) {
    DigestContent digest = plan.digest();
    return new Mail(
        digest.digestId(),
        plan.address(),
        digest.recipient().name(),
        digest.locale(),
        telling.renderer().mail(digest));
  }

  /// The same push to each device.
  record Pushes(List<Push> pushes) implements Message {
    @Override
    public List<Outcome> send(Telling telling) {
      List<Supplier<Outcome>> sends =
          pushes.stream()
              .<Supplier<Outcome>>map(push -> () -> outcome(() -> telling.push().send(push)))
              .toList();
      return telling.fanOut().run(sends);
    }
  }

  /// One e-mail.
  record OneMail(Mail mail) implements Message {
    @Override
    public List<Outcome> send(Telling telling) {
      return List.of(outcome(() -> telling.mail().send(mail)));
    }
  }

  /// A sender that throws, or was interrupted, may have sent: nobody knows, so that is what is
  /// said. The interrupt has then done its work; the answer to the lease must still get out.
  private static Outcome outcome(Send send) {
    try {
      return send.run();
    } catch (InterruptedException _) {
      return new Outcome.Unknown("interrupted while sending");
    } catch (RuntimeException e) {
      return new Outcome.Unknown("the sender broke: " + e);
    }
  }

  /// One send.
  interface Send {
    Outcome run() throws InterruptedException;
  }
}
