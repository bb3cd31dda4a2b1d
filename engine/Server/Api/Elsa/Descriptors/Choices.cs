using ProductionOffice.Office.Paperwork;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Api.Elsa.Definitions;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Effects;

namespace ProductionOffice.Server.Api.Elsa.Descriptors;

/// <summary>What a dropdown offers, as it stands in the office at this moment.</summary>
internal sealed class Choices(DirectoryCache directory, TemplateShelf templates, DefinitionDigests digests)
{
    /// <summary>The choices of a list; null when there is no such list.</summary>
    public async Task<IReadOnlyList<Choice>?> FindAsync(string list, CancellationToken cancellationToken) => list switch
    {
        "office-roles" => Roles(),
        "office-recipients" => [new Choice("The person it is about", "person"), new Choice("Whoever asked for it", "requester"), .. Roles()],
        "office-templates" => [.. templates.Names.Order(StringComparer.OrdinalIgnoreCase).Select(n => new Choice(n, n))],
        "paperwork-kinds" => [.. PaperworkKind.StartPacket.Select(k => new Choice(k.Name, k.Key))],
        "paperwork-states" => States(),
        "people" => [.. directory.Current.People.OrderBy(p => p.SortName, StringComparer.OrdinalIgnoreCase).Select(p => new Choice($"{p.Name} ({p.Role})", p.Id))],
        "departments" => [.. directory.Current.Departments.Select(d => new Choice(d.Name, d.Id))],
        "accounts" => [.. directory.Current.Accounts.Select(a => new Choice(a.DisplayName, a.Name))],
        "workflows" => await WorkflowsAsync(cancellationToken),
        "join-modes" => [new Choice("With all paths that were taken", "WaitAllActive"), new Choice("With all paths there are", "WaitAll"), new Choice("With the first path", "WaitAny")],
        _ => null,
    };

    private static Choice[] Roles() => [.. OfficeRoles.All.Select(r => new Choice(OfficeRoles.Title(r), r))];

    /// <summary>Several states read alike on the paperwork page; here each says which it is.</summary>
    private static Choice[] States()
    {
        var alike = PaperworkState.All.CountBy(s => s.Word).Where(w => w.Value > 1).Select(w => w.Key).ToHashSet();
        return [.. PaperworkState.All.Select(s => new Choice(alike.Contains(s.Word) ? $"{s.Word} ({Words(s.Key)})" : s.Word, s.Key))];
    }

    private static string Words(string key) => string.Concat(key.Select(c => char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));

    private async Task<Choice[]> WorkflowsAsync(CancellationToken cancellationToken) =>
        [.. (await digests.AllAsync(cancellationToken)).Values.Where(d => d.IsPublished).OrderBy(d => d.Name, StringComparer.OrdinalIgnoreCase).Select(d => new Choice(d.Name, d.DefinitionId))];
}

/// <summary>One choice.</summary>
internal sealed record Choice(string Text, string Value);
