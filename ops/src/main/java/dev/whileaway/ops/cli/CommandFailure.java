package dev.whileaway.ops.cli;

import dev.whileaway.templates.TemplateException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/// A command could not do its work. The message is for stderr: a line for each thing that is wrong.
public final class CommandFailure extends Exception {

  private final int exitCode;

  private CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /// Something that was given is wrong: a flag, a file, the configuration, a field of a request.
  public static CommandFailure badInput(String message) {
    return new CommandFailure(ShellCommand.BAD_INPUT, oneLine(message));
  }

  /// What was given is right, and it did not work.
  public static CommandFailure failed(String message) {
    return new CommandFailure(ShellCommand.FAILED, oneLine(message));
  }

  public static CommandFailure badInput(Exception cause) {
    // Each problem of a folder of templates stands on a line of its own.
    return cause instanceof TemplateException
        ? new CommandFailure(ShellCommand.BAD_INPUT, inWords(cause))
        : badInput(inWords(cause));
  }

  public static CommandFailure failed(Exception cause) {
    return failed(inWords(cause));
  }

  private static String oneLine(String message) {
    return message.replace('\n', ' ');
  }

  private static String inWords(Exception cause) {
    if (cause instanceof FileSystemException file && file.getReason() == null) {
      return "expected to use "
          + file.getFile()
          + ", but found "
          + switch (file) {
            case NoSuchFileException _ -> "no such file or folder";
            case AccessDeniedException _ -> "no permission";
            case FileAlreadyExistsException _ -> "a file in place of a folder";
            default -> "that the system refuses it";
          };
    }
    return Objects.requireNonNullElse(cause.getMessage(), cause.toString());
  }

  String line() {
    return inWords(this);
  }

  int exitCode() {
    return exitCode;
  }
}
