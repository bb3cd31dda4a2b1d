using System.Net;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Tests.Security;

namespace ProductionOffice.Server.Tests.Board;

[Collection(SharedBoardOffice.Name)]
public sealed class StuckTests(BoardOffice office)
{
    [Fact]
    public async Task What_is_stuck_is_counted_listed_explained_and_tried_again()
    {
        var instance = await office.HireAsync("C027", "lineproducer");
        await office.DoAsync(instance, "Checked");
        await office.TaskAsync(instance, "Approve");
        await office.SettledAsync();
        await ParkAsync(instance, "There is no template 'deal-memo.docx'.");
        using var client = await office.SignInAsync("coordinator");
        using var pa = await office.SignInAsync("pa");

        (await client.ReadAsync("/instances?state=stuck")).ShouldContain($"/i/{instance}");
        (await client.ReadAsync($"/i/{instance}")).ShouldContain("There is no template &#x27;deal-memo.docx&#x27;.");
        (await pa.ReadAsync($"/i/{instance}")).ShouldNotContain($"/i/{instance}/retry");
        using var refused = await pa.PostAsync("/account", $"/i/{instance}/retry");
        using var retried = await client.PostAsync($"/i/{instance}", $"/i/{instance}/retry");

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        retried.StatusCode.ShouldBe(HttpStatusCode.Found);
        (await client.ReadAsync($"/i/{instance}")).ShouldNotContain("This is stuck");
    }

    private Task ParkAsync(string instance, string reason) => office.Store.WriteAsync(async context =>
    {
        var entry = context.Entry(await context.Outbox.FirstAsync(o => o.InstanceId == instance));
        entry.Property<DateTimeOffset?>(OfficeDbContext.Shadow.ParkedAt).CurrentValue = office.Clock.GetUtcNow();
        entry.Property<string?>(OfficeDbContext.Shadow.LastError).CurrentValue = reason;
    }, CancellationToken.None);
}
