using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProductionOffice.Server.Security;
using ProductionOffice.Server.Tests.Security;

namespace ProductionOffice.Server.Tests.Board;

[Collection(SharedBoardOffice.Name)]
public sealed class DecisionTests(BoardOffice office)
{
    [Fact]
    public async Task Approving_is_a_form_and_the_same_form_again_changes_nothing()
    {
        var (instance, task) = await AtTheUpmAsync("C020");
        using var client = await office.SignInAsync("upm");

        using var first = await client.PostAsync($"/approvals/{task}", $"/approvals/{task}", ("outcome", "Approve"), ("comment", ""), ("key", "same"));
        using var again = await client.PostAsync("/account", $"/approvals/{task}", ("outcome", "Approve"), ("comment", ""), ("key", "same"));

        first.StatusCode.ShouldBe(HttpStatusCode.Found);
        again.StatusCode.ShouldBe(HttpStatusCode.Found);
        var timeline = await client.ReadAsync($"/i/{instance}");
        timeline.ShouldContain("Rosalind Achterberg: approved");
        timeline.Split("Rosalind Achterberg: approved").Length.ShouldBe(2);
    }

    [Fact]
    public async Task Who_comes_second_is_told_who_was_first()
    {
        var (_, task) = await AtTheUpmAsync("C021");
        using var client = await office.SignInAsync("upm");
        (await client.PostAsync($"/approvals/{task}", $"/approvals/{task}", ("outcome", "Approve"), ("key", "one"))).Dispose();

        using var second = await client.PostAsync("/account", $"/approvals/{task}", ("outcome", "Refuse"), ("comment", "no"), ("key", "two"));

        second.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await second.Content.ReadAsStringAsync()).ShouldContain("Rosalind Achterberg</b> chose <b>Approve");
    }

    [Fact]
    public async Task Sending_back_without_a_reason_keeps_the_page_and_says_what_is_missing()
    {
        var (_, task) = await AtTheUpmAsync("C022");
        using var client = await office.SignInAsync("upm");

        using var answer = await client.PostAsync($"/approvals/{task}", $"/approvals/{task}", ("outcome", "Send back"), ("comment", " "), ("key", "k"));

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain("needs a reason");
        page.ShouldContain("value=\"k\"");
    }

    [Fact]
    public async Task Nobody_decides_in_place_of_another_role()
    {
        var (_, task) = await AtTheUpmAsync("C023");
        using var client = await office.SignInAsync("travel");

        (await client.ReadAsync($"/approvals/{task}")).ShouldNotContain("name=\"outcome\"");
        using var answer = await client.PostAsync("/account", $"/approvals/{task}", ("outcome", "Approve"), ("key", "k"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Withdrawing_needs_a_reason_and_stands_in_the_timeline()
    {
        var (instance, _) = await AtTheUpmAsync("C024");
        using var client = await office.SignInAsync("coordinator");

        using var without = await client.PostAsync($"/i/{instance}", $"/i/{instance}/withdraw", ("reason", ""));
        using var with = await client.PostAsync($"/i/{instance}", $"/i/{instance}/withdraw", ("reason", "They took another show"));

        without.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        with.StatusCode.ShouldBe(HttpStatusCode.Found);
        (await client.ReadAsync($"/i/{instance}")).ShouldContain("They took another show");
    }

    [Fact]
    public async Task A_start_form_keeps_what_was_typed_beside_what_is_wrong_with_it()
    {
        using var client = await office.SignInAsync("coordinator");

        using var answer = await client.PostAsync("/start/crew-hire", "/start/crew-hire", ("in.name", "<b>Kei</b> Ito"), ("in.rate", "forty"), ("key", "k"));

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain("is not an amount");
        page.ShouldContain("value=\"forty\"");
        page.ShouldContain("&lt;b&gt;Kei&lt;/b&gt; Ito");
        page.ShouldNotContain("<b>Kei</b>");
    }

    [Fact]
    public async Task Decisions_starts_and_reading_of_deal_terms_are_in_the_audit_and_a_changed_row_shows()
    {
        var (_, task) = await AtTheUpmAsync("C025");
        using var client = await office.SignInAsync("upm");
        (await client.PostAsync($"/approvals/{task}", $"/approvals/{task}", ("outcome", "Approve"), ("key", "k"))).Dispose();
        var audit = office.Services.GetRequiredService<AuditTrail>();
        (await audit.FirstBrokenAsync(CancellationToken.None)).ShouldBeNull();
        var (seq, before) = await SetDetailAsync(a => a.Target == task, "something else");

        (await audit.FirstBrokenAsync(CancellationToken.None)).ShouldBe(seq);

        await SetDetailAsync(a => a.Seq == seq, before);
        (await audit.FirstBrokenAsync(CancellationToken.None)).ShouldBeNull();
    }

    private async Task<(long Seq, string? Before)> SetDetailAsync(System.Linq.Expressions.Expression<Func<Server.Persistence.AuditRow, bool>> which, string? detail)
    {
        (long, string?) result = default;
        await office.Store.WriteAsync(async context =>
        {
            var row = await context.Audit.FirstAsync(which);
            result = (row.Seq, row.Detail);
            await context.Audit.Where(a => a.Seq == row.Seq).ExecuteUpdateAsync(s => s.SetProperty(a => a.Detail, detail));
        }, CancellationToken.None);
        return result;
    }

    private async Task<(string Instance, string Task)> AtTheUpmAsync(string person)
    {
        var instance = await office.HireAsync(person, "lineproducer");
        await office.DoAsync(instance, "Checked");
        return (instance, (await office.TaskAsync(instance, "Approve")).Id);
    }
}
