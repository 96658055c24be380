package dev.whileaway.worker;

import dev.whileaway.templates.DigestContent;
import dev.whileaway.templates.MailText;
import dev.whileaway.templates.PushText;
import dev.whileaway.templates.Renderer;
import dev.whileaway.v1.Device;
import dev.whileaway.worker.deliver.Mail;
import dev.whileaway.worker.deliver.MailSender;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.pipeline.FanOut;
import dev.whileaway.worker.pipeline.Telling;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Remembers everything that was sent, and answers as it is told. A recipient whose id begins with
/// `poison` cannot be rendered.
final class Outbox {

  /// One way of sending.
  interface Sending<M> {
    Outcome send(M message) throws InterruptedException;
  }

  static final Outcome ACCEPTED = new Outcome.Accepted("id", "");

  final List<Push> pushes = new CopyOnWriteArrayList<>();
  final List<Mail> mails = new CopyOnWriteArrayList<>();
  volatile Sending<Push> onPush = _ -> ACCEPTED;
  volatile Sending<Mail> onMail = _ -> ACCEPTED;
  volatile Runnable onRender = () -> {};

  Telling telling(FanOut fanOut) {
    return new Telling(renderer(), pushSender(), mailSender(), fanOut);
  }

  List<String> tokens() {
    return pushes.stream().map(push -> push.device().getToken()).toList();
  }

  private Renderer renderer() {
    return new Renderer() {
      @Override
      public PushText push(DigestContent digest) {
        String text = text(digest);
        return new PushText("title", text, text, "", (int) digest.events());
      }

      @Override
      public MailText mail(DigestContent digest) {
        return new MailText("subject", "<p>" + text(digest) + "</p>", text(digest));
      }

      private String text(DigestContent digest) {
        onRender.run();
        if (digest.recipient().id().startsWith("poison")) {
          throw new IllegalStateException("no text for " + digest.recipient().id());
        }
        return digest.events() + " events";
      }
    };
  }

  private PushSender pushSender() {
    return new PushSender() {
      @Override
      public boolean serves(Device device) {
        return true;
      }

      @Override
      public Outcome send(Push push) throws InterruptedException {
        pushes.add(push);
        return onPush.send(push);
      }

      @Override
      public void close() {}
    };
  }

  private MailSender mailSender() {
    return new MailSender() {
      @Override
      public Outcome send(Mail mail) throws InterruptedException {
        mails.add(mail);
        return onMail.send(mail);
      }

      @Override
      public void close() {}
    };
  }
}
