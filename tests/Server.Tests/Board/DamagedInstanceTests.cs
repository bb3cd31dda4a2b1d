using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Running;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Tests.Security;

namespace ProductionOffice.Server.Tests.Board;

/// <summary>A workflow whose state was damaged in the store: it stands still by itself, and its page says so.</summary>
[Collection(SharedBoardOffice.Name)]
public sealed class DamagedInstanceTests(BoardOffice office)
{
    [Fact]
    public async Task Its_page_says_what_is_wrong_and_others_go_on()
    {
        var (sick, well) = (await office.HireAsync("C027", "lineproducer"), await office.HireAsync("C031", "lineproducer"));
        var task = await office.TaskAsync(sick, "Checked");
        await office.Store.WriteAsync(c => c.Database.ExecuteSqlAsync($"UPDATE po_instance SET state = 'half of i' WHERE id = {sick}"), default);
        await office.Store.CommitAsync(new Commit { Bursts = [], Work = [new WorkItem("wake-" + sick, "resume", sick, task.Id, office.Clock.GetUtcNow(), null)] }, default);
        await office.UntilAsync(async context => await context.Work.AnyAsync(w => w.Id == "wake-" + sick && EF.Property<DateTimeOffset?>(w, OfficeDbContext.Shadow.ParkedAt) != null) ? "set aside" : null);
        using var coordinator = await office.SignInAsync("coordinator");

        var page = await coordinator.ReadAsync($"/i/{sick}");
        var list = await coordinator.ReadAsync("/instances?state=stuck");
        await office.DoAsync(well, "Checked");

        page.ShouldContain("backup");
        page.ShouldContain(sick);
        list.ShouldContain($"/i/{sick}");
        (await coordinator.ReadAsync($"/i/{well}")).ShouldNotContain("This is stuck");
        await office.Store.WriteAsync(c => c.Database.ExecuteSqlAsync($"DELETE FROM po_work WHERE id = {"wake-" + sick}"), default);
    }
}
