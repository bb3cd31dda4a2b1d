namespace ProductionOffice.Templates.Tags;

/// <summary>Collects problems; at most 100 of each severity, the same one only once.</summary>
internal sealed class ProblemList
{
    private const int Most = 100;
    private readonly HashSet<(string, string?, string?, int?, string?)> _seen = [];
    private readonly List<TemplateProblem> _errors = [];
    private readonly List<TemplateProblem> _warnings = [];

    public IReadOnlyList<TemplateProblem> Errors => _errors;

    public IReadOnlyList<TemplateProblem> Warnings => _warnings;

    public bool IsFull => _errors.Count >= Most;

    public (int Errors, int Warnings) Mark => (_errors.Count, _warnings.Count);

    /// <summary>Problems found since the mark stand in that file.</summary>
    public void NameFile((int Errors, int Warnings) mark, string file)
    {
        Name(_errors, mark.Errors);
        Name(_warnings, mark.Warnings);

        void Name(List<TemplateProblem> list, int from)
        {
            for (var i = from; i < list.Count; i++)
                list[i] = list[i] with { File = list[i].File ?? file };
        }
    }

    public void Add(TemplateProblem problem)
    {
        var list = problem.Severity == ProblemSeverity.Error ? _errors : _warnings;
        var key = (problem.Code, problem.Part, problem.Place, problem.Column, problem.Tag ?? problem.Message);
        if (list.Count < Most && _seen.Add(key))
            list.Add(problem);
    }

    public void AddRange(IEnumerable<TemplateProblem> problems)
    {
        foreach (var problem in problems)
            Add(problem);
    }
}
