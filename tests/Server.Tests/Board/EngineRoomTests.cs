using System.Net;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Running;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Tests.Security;

namespace ProductionOffice.Server.Tests.Board;

[Collection(SharedBoardOffice.Name)]
public sealed class EngineRoomTests(BoardOffice office)
{
    [Fact]
    public async Task Work_of_no_instance_that_was_set_aside_is_shown_with_its_reason_and_tried_again()
    {
        await office.Store.WriteAsync(context =>
        {
            var entry = context.Work.Add(new WorkItem("parked-start", "start", null, null, office.Clock.GetUtcNow(), """{"definitionId":"no-such-workflow"}""", 5));
            entry.Property<DateTimeOffset?>(OfficeDbContext.Shadow.ParkedAt).CurrentValue = office.Clock.GetUtcNow();
            entry.Property<string?>(OfficeDbContext.Shadow.LastError).CurrentValue = "No published version.";
            return Task.CompletedTask;
        }, CancellationToken.None);
        using var coordinator = await office.SignInAsync("coordinator");
        using var pa = await office.SignInAsync("pa");

        var page = await coordinator.ReadAsync("/engine-room");
        using var hidden = await pa.GetAsync("/engine-room");
        using var refused = await pa.PostAsync("/account", "/engine-room/retry", ("id", "work:parked-start"));
        using var retried = await coordinator.PostAsync("/engine-room", "/engine-room/retry", ("id", "work:parked-start"));

        page.ShouldContain("Start of no-such-workflow");
        page.ShouldContain("No published version.");
        hidden.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        retried.StatusCode.ShouldBe(HttpStatusCode.Found);
        // It was taken up again, and failed again for the reason it has.
        await office.UntilAsync(context => context.Work.Where(w => w.Id == "parked-start" && w.Attempts == 1).FirstOrDefaultAsync());
        await office.Store.WriteAsync(context => context.Work.Where(w => w.Id == "parked-start").ExecuteDeleteAsync(), CancellationToken.None);
    }
}
