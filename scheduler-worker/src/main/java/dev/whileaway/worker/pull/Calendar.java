package dev.whileaway.worker.pull;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/// The worker's calendar, on Quartz: the pull tick and housekeeping. A user's due time is never in
/// here; it belongs to the shard.
public final class Calendar implements AutoCloseable {

  private static final String THREADS = "3";

  private final Scheduler quartz;
  private final Map<JobKey, Runnable> jobs = new ConcurrentHashMap<>();

  /// @param name must differ from that of every other calendar in this process
  public static Calendar named(String name) {
    Properties properties = new Properties();
    properties.setProperty(StdSchedulerFactory.PROP_SCHED_INSTANCE_NAME, name);
    properties.setProperty(StdSchedulerFactory.PROP_SCHED_MAKE_SCHEDULER_THREAD_DAEMON, "true");
    properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
    properties.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
    properties.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
    properties.setProperty("org.quartz.threadPool.threadCount", THREADS);
    properties.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
    try {
      return new Calendar(new StdSchedulerFactory(properties).getScheduler());
    } catch (SchedulerException e) {
      throw new IllegalStateException("expected Quartz to start, but found: " + e.getMessage(), e);
    }
  }

  private Calendar(Scheduler quartz) throws SchedulerException {
    this.quartz = quartz;
    quartz.setJobFactory((fired, _) -> new OneAtATime(jobs, fired.getJobDetail().getKey()));
  }

  /// Runs `job` now and then at each `interval`, never twice at once. What was missed while it ran
  /// is not made up for.
  public void every(String name, Duration interval, Runnable job) {
    JobKey key = JobKey.jobKey(name);
    jobs.put(key, job);
    var schedule =
        SimpleScheduleBuilder.simpleSchedule()
            .withIntervalInMilliseconds(interval.toMillis())
            .repeatForever()
            .withMisfireHandlingInstructionNextWithRemainingCount();
    var trigger = TriggerBuilder.newTrigger().withSchedule(schedule).startNow().build();
    try {
      quartz.scheduleJob(JobBuilder.newJob(OneAtATime.class).withIdentity(key).build(), trigger);
    } catch (SchedulerException e) {
      throw new IllegalStateException("expected to schedule " + name + ", but found: " + e, e);
    }
  }

  public void start() {
    try {
      quartz.start();
    } catch (SchedulerException e) {
      throw new IllegalStateException("expected Quartz to start, but found: " + e.getMessage(), e);
    }
  }

  /// Starts no job any more, and waits for those that run.
  @Override
  public void close() {
    try {
      quartz.shutdown(true);
    } catch (SchedulerException e) {
      throw new IllegalStateException("expected Quartz to stop, but found: " + e.getMessage(), e);
    }
  }

  /// A firing of one job.
  @DisallowConcurrentExecution
  static final class OneAtATime implements Job {

    private final Map<JobKey, Runnable> jobs;
    private final JobKey key;

    OneAtATime(Map<JobKey, Runnable> jobs, JobKey key) {
      this.jobs = jobs;
      this.key = key;
    }

    @Override
    public void execute(JobExecutionContext context) {
      Runnable job = jobs.get(key);
      if (job != null) {
        job.run();
      }
    }
  }
}
