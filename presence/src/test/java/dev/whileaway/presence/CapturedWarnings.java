package dev.whileaway.presence;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/// What a class warns of, from construction to close.
final class CapturedWarnings implements AutoCloseable {

  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
  private final Logger log;
  private final Level levelBefore;

  CapturedWarnings(Class<?> source) {
    log = (Logger) LoggerFactory.getLogger(source);
    levelBefore = log.getLevel();
    log.setLevel(Level.WARN);
    log.setAdditive(false);
    appender.start();
    log.addAppender(appender);
  }

  List<String> messages() {
    return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Override
  public void close() {
    log.detachAppender(appender);
    log.setAdditive(true);
    log.setLevel(levelBefore);
  }
}
