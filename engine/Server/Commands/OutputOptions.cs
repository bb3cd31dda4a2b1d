using System.CommandLine;

namespace ProductionOffice.Server.Commands;

/// <summary>How a verb's data is written.</summary>
internal sealed class OutputOptions
{
    /// <param name="name"><c>--output</c>, except where that names a file.</param>
    public OutputOptions(string name = "--output")
    {
        Format = new Option<string?>(name, "-o") { Description = "table (default), json, csv or md", HelpName = "format" };
        Format.AcceptOnlyFromAmong("table", "json", "csv", "md");
    }

    public Option<string?> Format { get; }

    public bool IsJson(ParseResult parsed) => parsed.GetValue(Format) == "json";

    public void AddTo(Command command) => command.Add(Format);
}

/// <summary>How a list is cut to what is wanted.</summary>
internal sealed class ListOptions
{
    public Option<string?> Fields { get; } = new("--fields") { Description = "Columns to show, parted by commas", HelpName = "a,b,c" };

    public Option<string?> Filter { get; } = new("--filter") { Description = "Rows to keep: field=value, field!=value or field~part, joined with 'and'", HelpName = "condition" };

    public Option<string?> Sort { get; } = new("--sort") { Description = "Field to sort by; -field for the other way round", HelpName = "field" };

    public Option<int?> Limit { get; } = new("--limit") { Description = "Most rows to show", HelpName = "n" };

    public OutputOptions Output { get; } = new();

    public void AddTo(Command command)
    {
        Output.AddTo(command);
        command.Add(Fields);
        command.Add(Filter);
        command.Add(Sort);
        command.Add(Limit);
    }
}
