package dev.whileaway.benchmarks.process;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What a process and its descendants use, as Linux tells it.
public final class ProcessUse {

  private static final double TICKS_PER_SECOND = 100;

  /// ESRCH, in words.
  private static final String NO_PROCESS = "No such process";

  private ProcessUse() {}

  /// Seconds of processor so far, in user and kernel mode, with those of children that have ended.
  public static double cpuSeconds(ProcessHandle process) throws IOException {
    long ticks = 0;
    for (ProcessHandle one : family(process)) {
      ticks += ticks(one);
    }
    return ticks / TICKS_PER_SECOND;
  }

  /// proc(5): the fields after the command's name, which may itself hold spaces and brackets.
  private static long ticks(ProcessHandle process) throws IOException {
    String stat = read(process, "stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
    if (fields.length < 15) {
      return 0;
    }
    long ticks = 0;
    // utime, stime, cutime, cstime; the first field here is the third of the page.
    for (int i = 11; i <= 14; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks;
  }

  /// Resident bytes; pages that several processes share count once.
  public static long residentBytes(ProcessHandle process) throws IOException {
    long kilobytes = 0;
    for (ProcessHandle one : family(process)) {
      kilobytes +=
          read(one, "smaps_rollup")
              .lines()
              .filter(line -> line.startsWith("Pss:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .sum();
    }
    return kilobytes * 1024;
  }

  /// `kill -9`, also of the descendants; returns when none is left.
  public static void kill(ProcessHandle process) {
    List<ProcessHandle> family = family(process);
    family.forEach(ProcessHandle::destroyForcibly);
    family.forEach(one -> one.onExit().join());
  }

  private static List<ProcessHandle> family(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants()).toList();
  }

  /// Empty if the process has ended, though its parent may not have noticed: Linux says then that
  /// there is none, and Java that it is alive.
  private static String read(ProcessHandle process, String file) throws IOException {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
    } catch (FileSystemException e) {
      // "No such file" before it is opened, "No such process" afterwards.
      if (process.isAlive() && !NO_PROCESS.equals(e.getReason())) {
        throw e;
      }
      return "";
    }
  }
}
