using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Expressions;
using ProductionOffice.TestKit;

namespace ProductionOffice.Engine.Tests.Activities;

public sealed class HttpRequestTests
{
    private readonly MemoryWorkflowStore _store = new();

    [Theory]
    [InlineData("h.Timeout>late", """["Timeout"]""")]
    [InlineData("h.Failed to connect>late", """["Failed to connect"]""")]
    [InlineData("h.Done>late", "[]")]
    public async Task A_request_says_which_failures_its_flowchart_handles(string connection, string handles)
    {
        await StartAsync(Define.Flowchart("f", [Request("Elsa.FlowSendHttpRequest"), Define.Line("late", "late")], connection));

        Payload["handles"].ToJson().ShouldBe(handles);
    }

    [Fact]
    public async Task A_request_says_which_failures_it_holds_an_activity_for()
    {
        var request = Request("Elsa.SendHttpRequest");
        request["timeout"] = Define.Line("late", "late");

        await StartAsync(Define.Sequence("s", request));

        Payload["handles"].ToJson().ShouldBe("""["Timeout"]""");
    }

    private static System.Text.Json.Nodes.JsonObject Request(string type) => Define.Activity(type, "h", ("url", Define.Literal("https://permits.example/1")));

    private Value Payload => Value.ParseJson(_store.Outbox.ShouldHaveSingleItem().Payload);

    private async Task StartAsync(System.Text.Json.Nodes.JsonObject root)
    {
        var runtime = new WorkflowRuntime(_store, ActivityRegistry.Standard, new FakeClock("2027-03-09T18:30:00-08:00"));
        await runtime.ImportDefinitionAsync(Define.Workflow("w", root));
        await runtime.StartAsync(new StartRequest { DefinitionId = "w" });
    }
}
