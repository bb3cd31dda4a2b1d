using System.Net;
using ProductionOffice.Server.Tests.Security;

namespace ProductionOffice.Server.Tests.Board;

/// <summary>Who sees money: the rate of one hire is looked for on every page that could show it.</summary>
[Collection(SharedBoardOffice.Name)]
public sealed class DealTermsTests(BoardOffice office)
{
    private const string Person = "C041";
    private const string Comment = "fine with the 43.25 an hour";

    [Theory]
    [InlineData("upm", true)]
    [InlineData("lineproducer", true)]
    [InlineData("producer", true)]
    [InlineData("coordinator", true)]
    [InlineData("accountant", true)]
    [InlineData("pa", false)]
    [InlineData("travel", false)]
    [InlineData("locations", false)]
    [InlineData("head-cam", false)]
    public async Task Deal_terms_are_on_the_pages_of_those_who_may_see_them_and_on_no_other(string account, bool sees)
    {
        var hire = await HireAsync();
        using var client = await office.SignInAsync(account);
        var pages = new Dictionary<string, string>();
        foreach (var path in new[]
        {
            "/", "/overdue", "/paperwork", "/paperwork.csv", "/approvals?who=all", $"/approvals/{hire.Task}", $"/approvals/{hire.DoneTask}", $"/i/{hire.Instance}", $"/people/{Person}", "/people",
            "/instances", "/workflows", "/documents", "/documents?state=all", "/messages", "/deliveries", "/settings", "/account",
        })
            pages[path] = await client.ReadAsync(path);
        using var file = await client.GetAsync($"/documents/{hire.Document}/file");

        var shown = pages.Where(p => p.Value.Contains("43.25", StringComparison.Ordinal) || p.Value.Contains("45.50", StringComparison.Ordinal)).Select(p => p.Key).ToList();
        if (sees)
            shown.ShouldContain($"/approvals/{hire.Task}");
        else
            shown.ShouldBeEmpty();
        file.StatusCode.ShouldBe(sees ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
        if (sees)
            file.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
    }

    [Fact]
    public async Task A_head_sees_the_terms_of_the_own_department()
    {
        var hire = await HireAsync();
        var department = office.Directory.Current.Person(Person)!.DepartmentId;
        using var client = await office.SignInAsync("head-" + department.ToLowerInvariant());

        (await client.ReadAsync($"/approvals/{hire.Task}")).ShouldContain("45.50");
    }

    [Fact]
    public async Task A_search_in_messages_finds_no_words_that_are_hidden()
    {
        await HireAsync();
        using var client = await office.SignInAsync("pa");

        (await client.ReadAsync("/messages?q=Account")).ShouldContain("0 messages");
    }

    [Fact]
    public async Task A_head_hires_into_the_own_department_alone()
    {
        using var client = await office.SignInAsync("head-cam");

        using var answer = await client.PostAsync("/start/crew-hire", "/start/crew-hire", ("in.person", Person));

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("You hire for your own department");
    }

    [Fact]
    public async Task The_front_office_assistant_starts_no_hire()
    {
        using var client = await office.SignInAsync("pa");

        using var answer = await client.GetAsync("/start/crew-hire");

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static (string Instance, string Task, string DoneTask, string Document)? _hire;

    /// <summary>A hire at 45.50, over its budget, checked with a remark that speaks of money, now at the UPM.</summary>
    private async Task<(string Instance, string Task, string DoneTask, string Document)> HireAsync()
    {
        if (_hire is { } known)
            return known;

        using var client = await office.SignInAsync("coordinator");
        using var started = await client.PostAsync("/start/crew-hire", "/start/crew-hire", ("in.person", Person), ("in.rate", "45.50"));
        started.StatusCode.ShouldBe(HttpStatusCode.Found);
        var instance = started.Headers.Location!.OriginalString.Split('/')[2].Split('?')[0];
        await office.DoAsync(instance, "Approve");
        var check = await office.TaskAsync(instance, "Checked");
        using var checker = await office.SignInAsync("upm");
        using var done = await checker.PostAsync($"/approvals/{check.Id}", $"/approvals/{check.Id}", ("outcome", "Checked"), ("comment", Comment), ("key", "k1"));
        done.StatusCode.ShouldBe(HttpStatusCode.Found);
        var task = await office.TaskAsync(instance, "Send back");
        while (task.DocumentId is null)
            task = await office.TaskAsync(instance, "Approve");
        _hire = (instance, task.Id, check.Id, task.DocumentId);
        return _hire.Value;
    }
}
