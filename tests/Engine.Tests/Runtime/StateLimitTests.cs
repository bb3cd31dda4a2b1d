using ProductionOffice.Engine.Runtime;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Tests.Runtime;

public sealed class StateLimitTests
{
    [Fact]
    public async Task A_workflow_that_would_hold_too_much_is_refused_with_a_remedy_and_nothing_is_stored()
    {
        var office = new TestOffice(configure: o => o with { MaxStateLength = 4096 });
        var definition = Define.Workflow("hire", Define.Sequence("s", Define.Event("e", "Signed")));
        await office.RunAsync(definition);
        var input = new ObjectValue { ["story"] = Value.From(new string('x', 5000)) };

        var error = await Should.ThrowAsync<StateTooLargeException>(() => office.Runtime.StartAsync(new StartRequest { DefinitionId = "hire", Input = input }));

        error.Length.ShouldBeGreaterThan(5000);
        error.Message.ShouldContain("document");
        office.Store.Instances.Count.ShouldBe(1);
    }
}
