using ProductionOffice.Server.Board.Approvals;
using ProductionOffice.Server.Board.Deliveries;
using ProductionOffice.Server.Board.Documents;
using ProductionOffice.Server.Board.EngineRoom;
using ProductionOffice.Server.Board.Instances;
using ProductionOffice.Server.Board.Messages;
using ProductionOffice.Server.Board.Overdue;
using ProductionOffice.Server.Board.Paperwork;
using ProductionOffice.Server.Board.People;
using ProductionOffice.Server.Board.Settings;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Board.Today;
using ProductionOffice.Server.Board.Tryout;
using ProductionOffice.Server.Board.Workflows;

namespace ProductionOffice.Server.Board;

/// <summary>The coordinator's board: server-rendered pages and plain forms; works without script.</summary>
internal static class BoardSetup
{
    public static IServiceCollection AddBoard(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddSingleton<BoardPages>();
        services.AddSingleton<TaskQuery>();
        services.AddSingleton<TodayQuery>();
        services.AddSingleton<OverdueQuery>();
        services.AddSingleton<PaperworkQuery>();
        services.AddSingleton<PersonQuery>();
        services.AddSingleton<InstanceQuery>();
        services.AddSingleton<InstanceListQuery>();
        services.AddSingleton<WorkflowQuery>();
        services.AddSingleton<StepTimes>();
        services.AddSingleton<WorkflowKeeping>();
        services.AddSingleton<Gallery>();
        services.AddSingleton<VersionQuery>();
        services.AddSingleton<PublishQuery>();
        services.AddSingleton<DeleteQuery>();
        services.AddSingleton<DeliveryQuery>();
        services.AddSingleton<DocumentQuery>();
        services.AddSingleton<MessageQuery>();
        services.AddSingleton<SettingsQuery>();
        services.AddSingleton<EngineRoomQuery>();
        services.AddSingleton<TryoutQuery>();
        services.AddSingleton<TryoutParts>();
        services.AddSingleton<SimulatePlaces>();
        return services;
    }

    public static void MapBoard(this WebApplication app)
    {
        BoardAssets.Map(app);
        TodayRoutes.Map(app);
        OverdueRoutes.Map(app);
        PaperworkRoutes.Map(app);
        PeopleRoutes.Map(app);
        ApprovalRoutes.Map(app);
        InstanceRoutes.Map(app);
        WorkflowRoutes.Map(app);
        DeliveryRoutes.Map(app);
        DocumentRoutes.Map(app);
        MessageRoutes.Map(app);
        SettingsRoutes.Map(app);
        EngineRoomRoutes.Map(app);
        TryoutRoutes.Map(app);
        KeptTestRoutes.Map(app);
        SimulateRoutes.Map(app);
    }
}
