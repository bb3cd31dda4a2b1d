using ProductionOffice.Server.Hosting;

namespace ProductionOffice.Server.Scheduling;

/// <summary>Recurring schedules and housekeeping, kept by Quartz; waits of single instances are rows of the engine's work and not its business.</summary>
internal static class SchedulingSetup
{
    public static IServiceCollection AddScheduling(this IServiceCollection services, ServeOptions options)
    {
        services.AddSingleton<ScheduleChanges>();
        services.AddSingleton<Housekeeping>();
        services.AddSingleton<Scheduler>();
        if (options.RunsSchedules)
            services.AddHostedService(s => s.GetRequiredService<Scheduler>());
        return services;
    }
}
