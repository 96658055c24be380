package dev.whileaway.testkit.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// What a class logs from construction to [#close], at INFO and above; it goes nowhere else.
public final class CapturedLog implements AutoCloseable {

  private final ListAppender<ILoggingEvent> said = new ListAppender<>();
  private final Logger log;
  private final @Nullable Level levelBefore;

  public CapturedLog(Class<?> source) {
    log = (Logger) LoggerFactory.getLogger(source);
    levelBefore = log.getLevel();
    log.setLevel(Level.INFO);
    log.setAdditive(false);
    said.start();
    log.addAppender(said);
  }

  /// The messages so far, without their levels.
  public List<String> messages() {
    return said.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  /// The messages so far, each after its level: `WARN what happened`.
  public List<String> lines() {
    return said.list.stream()
        .map(line -> line.getLevel() + " " + line.getFormattedMessage())
        .toList();
  }

  @Override
  public void close() {
    log.detachAppender(said);
    log.setAdditive(true);
    log.setLevel(levelBefore);
  }
}
