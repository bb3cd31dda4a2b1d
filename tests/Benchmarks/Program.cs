using ProductionOffice.Benchmarks;

(string Name, Func<Task<IReadOnlyList<Figure>>> Run)[] all =
[
    ("bursts", BurstBenchmark.RunAsync),
    ("durable", DurableBurstBenchmark.RunAsync),
    ("hire", CrewHireBenchmark.RunAsync),
    ("render", RenderBenchmark.RunAsync),
    ("start", StartBenchmark.RunAsync),
    ("board", BoardBenchmark.RunAsync),
    ("kiosk", KioskBenchmark.RunAsync),
    ("elsa-api", ElsaApiBenchmark.RunAsync),
    ("peers", PeersBenchmark.RunAsync),
];

var asJson = args is [.., "-o", "json"];
var names = asJson ? args[..^2] : args;
if (names.FirstOrDefault(n => all.All(b => b.Name != n)) is { } unknown)
{
    Console.Error.WriteLine($"There is no benchmark '{unknown}'. There are {string.Join(", ", all.Select(b => b.Name))}; none named runs all but peers and elsa-api. -o json at the end writes JSON.");
    return 2;
}

var figures = new List<Figure>();
foreach (var (name, run) in all.Where(b => names.Length == 0 ? b.Name is not ("peers" or "elsa-api") : names.Contains(b.Name)))
{
    Console.Error.WriteLine($"{name} …");
    figures.AddRange(await run());
}

Console.WriteLine(asJson ? Report.Json(figures) : Report.Markdown(figures));
return 0;
