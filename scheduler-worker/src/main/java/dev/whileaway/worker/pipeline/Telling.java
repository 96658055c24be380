package dev.whileaway.worker.pipeline;

import dev.whileaway.templates.Renderer;
import dev.whileaway.worker.deliver.MailSender;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.deliver.Way;
import dev.whileaway.worker.plan.Plan;

/// What a digest is told with.
public record Telling(Renderer renderer, PushSender push, MailSender mail, FanOut fanOut) {

  /// The way to one of a digest's targets.
  ///
  /// @param target the device's index; of an e-mail 0
  public Way way(Plan.Tell tell, int target) {
    return switch (tell) {
      case Plan.TellByPush toPush -> push.way(toPush.devices().get(target));
      case Plan.TellByMail toMail -> mail.way(toMail.address());
    };
  }
}
