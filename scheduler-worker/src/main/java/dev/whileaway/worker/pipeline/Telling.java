package dev.whileaway.worker.pipeline;

import dev.whileaway.templates.Renderer;
import dev.whileaway.worker.deliver.MailSender;
import dev.whileaway.worker.deliver.PushSender;

/// What a digest is told with.
public record Telling(Renderer renderer, PushSender push, MailSender mail, FanOut fanOut) {}
