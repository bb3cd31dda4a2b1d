using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Commands;

/// <summary><c>office workflow</c>: what can be started, and whether it is well made.</summary>
internal static class WorkflowCommands
{
    private static readonly string[] Shown = ["instanceId", "name", "status", "subStatus", "waitingFor", "correlationId"];

    public static Command Build(Streams io) => Verb.Noun("workflow", "What can be started, and whether it is well made.",
        List(io), Run(io), Validate(io), Test(io), Export(io), Publish(io),
        WorkflowVersionCommands.Versions(io), WorkflowVersionCommands.Diff(io), WorkflowVersionCommands.Retract(io), WorkflowVersionCommands.Revert(io), WorkflowVersionCommands.Delete(io), WorkflowVersionCommands.Migrate(io));

    private static Verb List(Streams io)
    {
        var (connection, list) = (new ConnectionOptions(), new ListOptions());
        var verb = new Verb("list", "Lists workflows that can be started.", "office workflow list -o json");
        connection.AddTo(verb);
        list.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var office = connection.Connect(parsed);
            var rows = await office.GetAsync("workflows", cancellationToken);
            Listing.Write(io, parsed, list, rows.AsArray(), "id", "name", "version", "running");
            return ExitCode.Ok;
        });
        return verb;
    }

    private static Verb Export(Streams io)
    {
        var connection = new ConnectionOptions();
        var definition = new Argument<string>("DEFINITION") { Description = "Id of the workflow, from 'office workflow list'" };
        var file = new Option<string?>("--file", "-f") { Description = "Where to write it (default: standard output)", HelpName = "out" };
        var verb = new Verb("export", "Writes the published definition, to be changed and published again.", "office workflow export crew-hire -f crew-hire.json").With(definition).With(file);
        connection.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var office = connection.Connect(parsed);
            await JsonText.WriteAsync(await office.GetAsync("workflows/" + Query.Escape(parsed.GetValue(definition)), cancellationToken), parsed.GetValue(file), io, cancellationToken);
            return ExitCode.Ok;
        });
        return verb;
    }

    private static Verb Publish(Streams io)
    {
        var (connection, output) = (new ConnectionOptions(), new OutputOptions());
        var file = new Argument<string>("FILE") { Description = "The definition, Elsa 3 JSON" };
        var verb = new Verb("publish", "Publishes a definition as its next version; what runs stays on the version it began with.", "office workflow publish crew-hire.json").With(file);
        connection.AddTo(verb);
        output.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var definition = JsonText.ReadObject(parsed.GetRequiredValue(file));
            using var office = connection.Connect(parsed);
            var published = (await office.PostAsync("workflows/publish", definition, null, cancellationToken)).AsObject();
            Listing.WriteOne(io, parsed.GetValue(output.Format), published, "definitionId", "name", "version");
            await TellBrokenAsync(io, office, (string)published["definitionId"]!, cancellationToken);
            return ExitCode.Ok;
        });
        return verb;
    }

    /// <summary>Says which kept tests come out otherwise on what was published.</summary>
    private static async Task TellBrokenAsync(Streams io, OfficeClient office, string definitionId, CancellationToken cancellationToken)
    {
        var report = (await office.GetAsync($"workflows/{Query.Escape(definitionId)}/tests?version=published", cancellationToken)).AsObject();
        if ((int)report["failed"]! == 0)
            return;

        io.Error.WriteLine($"office: {(int)report["failed"]!} of {report["cases"]!.AsArray().Count} kept tests come out otherwise on this version:");
        foreach (var test in report["cases"]!.AsArray().Where(c => !(bool)c!["passed"]!))
            io.Error.WriteLine($"  {(string)test!["name"]!}: {string.Join("; ", test["differences"]!.AsArray().Select(d => (string)d!))}");
    }

    private static Verb Run(Streams io)
    {
        var (connection, output) = (new ConnectionOptions(), new OutputOptions());
        var definition = new Argument<string>("DEFINITION") { Description = "Id of the workflow, from 'office workflow list'" };
        var more = new Argument<string[]>("name=value") { Description = "Further values of --input", Arity = ArgumentArity.ZeroOrMore };
        var input = new Option<string[]>("--input", "-i") { Description = "A value to start with: name=value, name=@file.json or @file.json; may be given several times", HelpName = "name=value" };
        var wait = new Option<bool>("--wait") { Description = "Wait until it rests: ended, waiting for somebody, or stuck" };
        var timeout = Duration.Option("--timeout", "Longest wait (default 60s); exit code 7 when it is over");
        var key = new Option<string?>("--idempotency-key") { Description = "The same key again gets the same instance and starts nothing twice", HelpName = "key" };
        var verb = new Verb("run", "Starts a workflow.",
            "office workflow run crew-hire --input person=C041 --wait",
            "office workflow run crew-hire --input person=C041 --input rate=47.5 --as head-cos",
            "office workflow run crew-hire --input @kei.json -o json").With(definition, more).With(input, wait, timeout, key);
        connection.AddTo(verb);
        output.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var body = new JsonObject { ["input"] = InputValues.Read([.. parsed.GetValue(input) ?? [], .. parsed.GetValue(more) ?? []]) };
            using var office = connection.Connect(parsed);
            var started = (await office.PostAsync($"workflows/{Query.Escape(parsed.GetValue(definition))}/start", body, parsed.GetValue(key), cancellationToken)).AsObject();
            if (!parsed.GetValue(wait))
            {
                Listing.WriteOne(io, parsed.GetValue(output.Format), started, Shown);
                return ExitCode.Ok;
            }

            var rested = await WaitAsync(office, (string)started["instanceId"]!, parsed.GetValue(timeout) ?? TimeSpan.FromSeconds(60), cancellationToken);
            Listing.WriteOne(io, parsed.GetValue(output.Format), rested, Shown);
            return Judge(io, rested);
        });
        return verb;
    }

    private static async Task<JsonObject> WaitAsync(OfficeClient office, string id, TimeSpan longest, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var left = longest - Stopwatch.GetElapsedTime(began);
            var seconds = Math.Clamp((int)Math.Ceiling(left.TotalSeconds), 0, 20);
            var instance = (await office.GetAsync($"instances/{Query.Escape(id)}?wait={seconds.ToString(CultureInfo.InvariantCulture)}", cancellationToken)).AsObject();
            instance.Insert(0, "instanceId", id);
            if ((bool?)instance["atRest"] == true || left <= TimeSpan.Zero)
                return instance;
        }
    }

    private static int Judge(Streams io, JsonObject instance)
    {
        if ((bool?)instance["atRest"] != true)
        {
            io.Error.WriteLine($"office: {(string?)instance["instanceId"]} is still under way; nothing is lost. Look again with 'office instance show {(string?)instance["instanceId"]}'.");
            return ExitCode.Timeout;
        }

        if ((string?)instance["subStatus"] != "Faulted")
            return ExitCode.Ok;

        io.Error.WriteLine($"office: a step failed. See 'office instance timeline {(string?)instance["instanceId"]}'.");
        return ExitCode.Failed;
    }

    private static Verb Validate(Streams io)
    {
        var output = new OutputOptions();
        var paths = Paths("Definition files, or folders of them");
        var verb = new Verb("validate", "Finds every problem of workflow definitions at once; exit code 3 when there are errors.",
            "office workflow validate workflows/definitions", "office workflow validate hire.json -o json").With(paths);
        output.AddTo(verb);
        var templates = new Option<string?>("--templates") { Description = "Folder of the templates that documents are made of (default: templates/documents near the files)", HelpName = "folder" };
        verb.With(templates);
        verb.SetAction(parsed => WorkflowFiles.Validate(io, parsed.GetValue(output.Format), parsed.GetRequiredValue(paths), parsed.GetValue(templates)));
        return verb;
    }

    private static Verb Test(Streams io)
    {
        var (connection, output) = (new ConnectionOptions(), new OutputOptions());
        var paths = new Argument<string[]>("PATH") { Description = "Case files, or folders of them", Arity = ArgumentArity.ZeroOrMore };
        var kept = new Option<string?>("--kept") { Description = "Runs the tests that were kept of this workflow in the office instead", HelpName = "definition" };
        var version = new Option<string?>("--version") { Description = "With --kept: the version they run on, a number or 'published' (default: the newest)", HelpName = "version" };
        var verb = new Verb("test", "Runs workflow cases in memory on a clock of their own; exit code 3 when one fails.",
            "office workflow test cases/hire-over-budget.json", "office workflow test cases -o json", "office workflow test --kept crew-hire").With(paths).With(kept, version);
        connection.AddTo(verb);
        output.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var (files, format) = (parsed.GetValue(paths) ?? [], parsed.GetValue(output.Format));
            if (parsed.GetValue(kept) is not { } definition)
                return files.Length > 0 ? await WorkflowFiles.TestAsync(io, format, files, cancellationToken) : throw CommandFailure.Usage("Nothing is named to test.", "Name case files or folders, or a workflow with --kept.");
            if (files.Length > 0)
                throw CommandFailure.Usage("Case files and --kept cannot be tested at once.", "Leave one out.");

            using var office = connection.Connect(parsed);
            var query = parsed.GetValue(version) is { } wanted ? $"?version={Query.Escape(wanted)}" : "";
            return WorkflowFiles.Report(io, format, (await office.GetAsync($"workflows/{Query.Escape(definition)}/tests{query}", cancellationToken)).AsObject());
        });
        return verb;
    }

    private static Argument<string[]> Paths(string description) => new("PATH") { Description = description, Arity = ArgumentArity.OneOrMore };
}
