using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ProductionOffice.TestKit;

namespace ProductionOffice.Server.Tests.Api.Elsa;

/// <summary>What a UPM is offered to draw with.</summary>
[Collection(OfficeServerTests.Name)]
public sealed class ToolboxTests(OfficeServer office)
{
    /// <summary>The editors the Studio has.</summary>
    private static readonly string[] Hints =
    [
        "singleline", "multiline", "checkbox", "checklist", "radiolist", "dropdown", "multitext", "dictionary", "datetime-picker", "code-editor", "expression-editor", "json-editor", "switch-editor",
        "flow-switch-editor", "dynamic-outcomes", "http-status-codes", "variable-picker", "input-picker", "output-picker", "outcome-picker", "type-picker", "workflow-definition-picker",
    ];

    [Fact]
    public async Task It_is_small_and_in_the_words_of_the_office()
    {
        var tools = (await DescriptorsAsync()).Where(d => (bool)d["isBrowsable"]!).ToList();

        tools.Count.ShouldBeInRange(10, 20);
        tools.Select(d => (string)d["category"]!).Distinct().ShouldBe(["Approvals", "Decide and branch", "Front desk", "Messages", "Paperwork", "Start and finish", "Time"], ignoreOrder: true);
        var text = new StringBuilder();
        foreach (var tool in tools)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{tool["category"]} / {tool["displayName"]}: {tool["description"]}");
            foreach (var input in tool["inputs"]!.AsArray().Where(i => (bool)i!["isBrowsable"]!))
                text.AppendLine(CultureInfo.InvariantCulture, $"    {input!["displayName"]} ({input["uiHint"]}, {input["defaultSyntax"]}{(input["defaultValue"] is { } value ? $", {value}" : "")}): {input["description"]}");
            if (tool["ports"]!.AsArray() is { Count: > 0 } ports)
                text.AppendLine(CultureInfo.InvariantCulture, $"    -> {string.Join(" | ", ports.Select(p => $"{p!["displayName"]}"))}");
        }

        Approved.Match(text.ToString(), "toolbox");
    }

    [Fact]
    public async Task Every_descriptor_is_complete_and_uses_editors_the_Studio_has()
    {
        foreach (var descriptor in await DescriptorsAsync())
        {
            foreach (var field in (string[])["typeName", "namespace", "name", "category", "displayName", "description", "kind"])
                descriptor[field].ShouldNotBeNull($"{descriptor["typeName"]}.{field}");
            descriptor["customProperties"].ShouldBeOfType<JsonObject>();
            descriptor["constructionProperties"].ShouldBeOfType<JsonObject>();
            foreach (var input in descriptor["inputs"]!.AsArray())
            {
                ((string)input!["uiHint"]!).ShouldBeOneOf(Hints);
                if ((string)input["uiHint"]! is "dropdown")
                    input["uiSpecifications"]!["dropdown"]!["selectList"]!["items"]!.AsArray().ShouldNotBeEmpty($"{descriptor["typeName"]}.{input["name"]}");
            }
        }
    }

    [Fact]
    public async Task Dropdowns_offer_what_the_office_has_now()
    {
        var descriptors = (await DescriptorsAsync()).Where(d => (int)d["version"]! == 1).ToDictionary(d => (string)d["typeName"]!);

        Texts("Office.RequestApproval", "Role").ShouldBe(["Producer", "Line producer", "UPM", "Coordinator", "Accountant", "Location manager", "Travel coordinator", "Department head", "Office PA"]);
        Texts("Office.GenerateDocument", "Template").ShouldContain("deal-memo.docx");
        Texts("Office.Notify", "To").ShouldContain("Whoever asked for it");
        Texts("Office.HireRequest", "Person").Count.ShouldBeGreaterThan(20);
        Texts("Elsa.ExecuteWorkflow", "WorkflowDefinitionId").ShouldContain("Delivery at the front desk");
        Texts("Office.UpdatePaperwork", "State").ShouldBeUnique();
        using var upm = office.Client("upm");
        (await upm.ElsaAsync("/descriptors/activities/Office.RequestApproval/options/role", [])).Json["items"]!["dropdown"]!["selectList"]!["items"]!.AsArray().Count.ShouldBe(9);
        (await upm.ElsaAsync("/descriptors/activities/Office.RequestApproval/options/none", [])).Status.ShouldBe(404);

        List<string> Texts(string type, string input) => [.. descriptors[type]["inputs"]!.AsArray().First(i => (string?)i!["name"] == input)!["uiSpecifications"]!["dropdown"]!["selectList"]!["items"]!.AsArray().Select(i => (string)i!["text"]!)];
    }

    [Fact]
    public async Task What_must_be_filled_in_comes_first()
    {
        foreach (var tool in (await DescriptorsAsync()).Where(d => (string)d["typeName"]! is "Office.RequestApproval" or "Office.GenerateDocument" or "Office.Notify" or "Office.UpdatePaperwork"))
        {
            var orders = tool["inputs"]!.AsArray().Select(i => (double)i!["order"]!).ToList();
            orders.ShouldBe(orders.Order());
        }
    }

    private async Task<List<JsonObject>> DescriptorsAsync()
    {
        using var upm = office.Client("upm");
        var answer = await upm.ElsaAsync("/descriptors/activities?Refresh=True");
        answer.Json["count"]!.GetValue<int>().ShouldBe(answer.Json["items"]!.AsArray().Count);
        return [.. answer.Json["items"]!.AsArray().Select(d => (JsonObject)d!)];
    }
}
