using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ProductionOffice.Server.Board.Errors;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Tests.Security;

namespace ProductionOffice.Server.Tests.Board;

[Collection(SharedBoardOffice.Name)]
public sealed class ErrorPagesTests(BoardOffice office)
{
    [Theory]
    [InlineData("/people/nobody", HttpStatusCode.NotFound, "There is no person")]
    [InlineData("/i/none", HttpStatusCode.NotFound, "Look under Workflows")]
    [InlineData("/no-such-page", HttpStatusCode.NotFound, "There is no such page")]
    [InlineData("/approvals/none", HttpStatusCode.NotFound, "My approvals")]
    public async Task A_refusal_is_a_page_that_says_what_to_do(string path, HttpStatusCode status, string words)
    {
        using var client = await office.SignInAsync("coordinator");

        using var answer = await client.GetAsync(path);

        answer.StatusCode.ShouldBe(status);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(words);
    }

    [Theory]
    [InlineData("/paperwork", "text/html", "Reference number")]
    [InlineData("/office/v1/tasks", "application/json", "\"reference\":")]
    public async Task A_failure_gives_a_reference_number_and_no_inner_words(string path, string accept, string words)
    {
        await using var scope = office.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Scheme = "http";
        context.Request.Host = new HostString("127.0.0.1");
        context.Request.Path = path;
        context.Request.Headers.Accept = accept;
        using var body = new MemoryStream();
        context.Response.Body = body;

        var pages = office.Services.GetRequiredService<BoardPages>();

        await new ErrorPages(FailHalfWayAsync, pages, NullLogger<ErrorPages>.Instance).InvokeAsync(context);

        context.Response.StatusCode.ShouldBe(500);
        var text = System.Text.Encoding.UTF8.GetString(body.ToArray());
        text.ShouldContain(words);
        text.ShouldNotContain("inner words");

        async Task FailHalfWayAsync(HttpContext http)
        {
            await pages.Show<ProblemPage>(http, new ProblemPageView(404, "A page that was begun.", "", null)).ExecuteAsync(http);
            body.SetLength(0);
            throw new InvalidOperationException("the inner words");
        }
    }
}
