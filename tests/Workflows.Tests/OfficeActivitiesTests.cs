using ProductionOffice.TestKit;

namespace ProductionOffice.Workflows.Tests;

public sealed class OfficeActivitiesTests
{
    [Fact]
    public void What_a_upm_reads_of_each_activity_is_the_approved_text()
    {
        var text = string.Join("\n\n", OfficeActivities.Registry().Descriptors
            .Where(d => d.Type.StartsWith("Office.", StringComparison.Ordinal))
            .OrderBy(d => d.Category, StringComparer.Ordinal).ThenBy(d => d.Type, StringComparer.Ordinal)
            .Select(d => $"{d.Category} / {d.DisplayName} ({d.Type})\n  {d.Description}\n" +
                string.Join("\n", d.Inputs.Select(i => $"  {i.DisplayName}{(i.Required ? " *" : "")}: {i.Description}")) +
                $"\n  -> {string.Join(", ", d.Ports.Select(p => p.DisplayName))}"));

        Approved.Match(text, "words");
    }

    [Fact]
    public void There_are_at_most_twenty_in_at_most_seven_categories()
    {
        var ours = OfficeActivities.Registry().Descriptors.Where(d => d.Type.StartsWith("Office.", StringComparison.Ordinal)).ToList();

        ours.Count.ShouldBeLessThanOrEqualTo(20);
        ours.Select(d => d.Category).Distinct().Count().ShouldBeLessThanOrEqualTo(7);
        ours.ShouldAllBe(d => !string.IsNullOrEmpty(d.DisplayName) && !string.IsNullOrEmpty(d.Description));
    }
}
