package dev.whileaway.worker.pipeline;

import dev.whileaway.templates.DigestContent;
import dev.whileaway.templates.PushText;
import dev.whileaway.v1.Device;
import dev.whileaway.worker.deliver.Mail;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.plan.Plan;
import java.util.List;

/// A rendered digest, ready to go out.
sealed interface Message {

  /// Takes a place for each target.
  Places reserve(Telling telling) throws InterruptedException;

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
        telling.renderer().mail(digest));
  }

  /// The same push to each device.
  record Pushes(List<Push> pushes) implements Message {
    @Override
    public Places reserve(Telling telling) throws InterruptedException {
      return Places.take(pushes, telling.push());
    }
  }

  /// One e-mail.
  record OneMail(Mail mail) implements Message {
    @Override
    public Places reserve(Telling telling) throws InterruptedException {
      return Places.of(telling.mail().reserve(mail));
    }
  }
}
