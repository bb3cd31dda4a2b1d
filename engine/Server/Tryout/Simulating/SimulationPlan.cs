namespace ProductionOffice.Server.Tryout.Simulating;

/// <summary>What a simulation assumes.</summary>
internal sealed record SimulationPlan
{
    /// <summary>How many are started.</summary>
    public int Starts { get; init; } = 150;

    /// <summary>The first day of starts.</summary>
    public DateOnly FirstDay { get; init; }

    /// <summary>Weeks over which the starts are spread evenly.</summary>
    public int Weeks { get; init; } = 8;

    /// <summary>Days from a start to the first day of work, where the workflow asks for one.</summary>
    public int LeadDays { get; init; } = 14;

    public TimeOnly From { get; init; } = new(9, 0);

    public TimeOnly Until { get; init; } = new(19, 0);

    /// <summary>From Monday: 5, 6 or 7.</summary>
    public int DaysAWeek { get; init; } = 5;

    /// <summary>The same number gives the same result; another one other chances.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How fast each role answers, by role key.</summary>
    public IReadOnlyDictionary<string, RolePace> Paces { get; init; } = new Dictionary<string, RolePace>();

    /// <summary>Per cent of answers that choose an outcome, by <c>activity/outcome</c>; what is left goes to the first outcome.</summary>
    public IReadOnlyDictionary<string, int> Shares { get; init; } = new Dictionary<string, int>();

    /// <summary>Whether every outcome is as likely as the others, whatever the shares say.</summary>
    public bool IsEven { get; init; }

    /// <summary>Per cent of answers at an activity that choose an outcome other than its first.</summary>
    public int ShareOf(string activityId, string outcome) => Shares.TryGetValue(ShareKey(activityId, outcome), out var share) ? share : UsualShare(outcome);

    public static string ShareKey(string activityId, string outcome) => $"{activityId}/{outcome}";

    public RolePace PaceOf(string role) => Paces.GetValueOrDefault(role) ?? RolePace.Of(role);

    /// <summary>Usual shares: most say yes, some send back, a few refuse.</summary>
    public static int UsualShare(string outcome) => outcome switch
    {
        "Send back" or "Revision requested" => 8,
        "Refuse" or "Declined" or "Give up" => 3,
        "Taken back" or "Timeout" or "Failed to connect" => 1,
        _ => 0,
    };
}

/// <summary>How a role answers.</summary>
/// <param name="MedianHours">Working hours within which half of the answers come; one in ten takes three times as long.</param>
/// <param name="MostADay">Answers it manages on a day; 0 for no limit.</param>
internal sealed record RolePace(double MedianHours, int MostADay)
{
    public static RolePace Of(string role) => role switch
    {
        "productionCoordinator" => new(3, 25),
        "unitProductionManager" => new(5, 20),
        "lineProducer" or "producer" => new(8, 15),
        "person" => new(12, 0),
        "desk" => new(2, 0),
        "outside" => new(0.1, 0),
        _ => new(6, 20),
    };
}
