using System.Text.Json.Nodes;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Definitions.Differences;
using ProductionOffice.Office.People;
using ProductionOffice.TestKit;

namespace ProductionOffice.Workflows.Tests;

/// <summary>What a UPM reads of a change she made in a real workflow.</summary>
public sealed class DifferenceTests
{
    private static readonly string[] Folders = ["definitions", "gallery"];

    [Fact]
    public void A_changed_reminder_is_told_with_its_step_and_the_label_of_the_box() =>
        Changed("crew-hire", d => Step(d, "signature")["reminderHours"]!["expression"]!["value"] = "24")
            .ShouldBe(["'Wait for the signature': Remind after hours 48 → 24."]);

    [Fact]
    public void A_changed_message_is_told_as_the_text_people_get() =>
        Changed("crew-hire", d => Step(d, "tellAccountant")["subject"]!["expression"]!["value"] = "`Please pay: ${getVariable('person').name}`")
            .ShouldBe(["'Tell the accountant': Subject 'Deal executed: {person.name}' → 'Please pay: {person.name}'."]);

    [Fact]
    public void A_changed_role_is_told_by_its_title() =>
        Changed("crew-hire", d => Step(d, "approveBudget")["role"]!["expression"]!["value"] = "producer")
            .ShouldBe(["'Line producer: over budget': Who decides Line producer → Producer."]);

    [Fact]
    public void A_changed_limit_is_told() =>
        Changed("spending-approval", d => d["variables"]!.AsArray().Single(v => (string?)v!["id"] == "limit")!["value"] = "5000")
            .ShouldBe(["The workflow: the value 'limit' 2500 → 5000."]);

    [Fact]
    public void An_approver_put_between_two_steps_is_told_once() =>
        Changed("spending-approval", d =>
        {
            var copy = Step(d, "decideAbove").DeepClone().AsObject();
            copy["id"] = "decideTop";
            copy["metadata"]!["displayText"] = "Producer decides";
            copy["role"]!["expression"]!["value"] = "producer";
            d["root"]!["activities"]!.AsArray().Add(copy);
            Connection(d, "decideAbove", "Approve")["target"]!["activity"] = "decideTop";
            d["root"]!["connections"]!.AsArray().Add(JsonNode.Parse("""{"source":{"activity":"decideTop","port":"Approve"},"target":{"activity":"tellAccountant","port":"In"}}"""));
        }).ShouldBe(["'Producer decides' (Ask for approval, Producer) added after 'Line producer decides' (Approve), before 'Tell the accountant' (Approve)."]);

    [Fact]
    public void A_step_taken_out_is_told_once() =>
        Changed("spending-approval", d =>
        {
            var steps = d["root"]!["activities"]!.AsArray();
            steps.Remove(Step(d, "tellAccountant"));
            var connections = d["root"]!["connections"]!.AsArray();
            connections.Remove(Connection(d, "tellAccountant", "Done"));
            Connection(d, "overLimit", "False")["target"]!["activity"] = "tellApproved";
            Connection(d, "decideAbove", "Approve")["target"]!["activity"] = "tellApproved";
        }).ShouldBe(["'Tell the accountant' (Tell somebody, Accountant) removed; it stood after 'Over the limit?' (No) and 'Line producer decides' (Approve), before 'Tell who asked: approved'."]);

    [Fact]
    public void A_step_that_takes_the_place_of_another_is_told_as_added_and_removed_alone() =>
        Changed("simple-approval", d =>
        {
            var step = Step(d, "tellRefused");
            (step["id"], step["metadata"]!["displayText"]) = ("tellNo", "Tell them no");
            Connection(d, "decide", "Refuse")["target"]!["activity"] = "tellNo";
            Connection(d, "tellRefused", "Done")["source"]!["activity"] = "tellNo";
        }).ShouldBe(
        [
            "'Tell them no' (Tell somebody, Who asked) added after 'UPM decides' (Refuse), before 'End'.",
            "'Tell who asked: refused' (Tell somebody, Who asked) removed; it stood after 'UPM decides' (Refuse), before 'End'.",
        ]);

    [Fact]
    public void A_connection_led_elsewhere_is_told_with_where_it_went_before() =>
        Changed("spending-approval", d => Connection(d, "decideAbove", "Refuse")["target"]!["activity"] = "tellApproved")
            .ShouldBe(["The connection from 'Line producer decides' (Refuse) goes to 'Tell who asked: approved' now instead of 'Tell who asked: refused'."]);

    [Fact]
    public void A_box_that_is_emptied_is_told_by_what_then_holds() =>
        Changed("crew-hire", d => Step(d, "signature").Remove("reminderHours")).ShouldBeEmpty();

    private static IReadOnlyList<string> Changed(string name, Action<JsonObject> change)
    {
        var file = Folders.Select(f => Path.Combine(Tools.Root, "workflows", f, name + ".json")).First(File.Exists);
        var before = File.ReadAllText(file);
        var after = JsonNode.Parse(before)!.AsObject();
        change(after);
        return [.. DefinitionDifference.Between(DefinitionReader.Read(before), DefinitionReader.Read(after.ToJsonString()), OfficeActivities.Registry(), Word).Select(c => c.Sentence)];
    }

    private static string Word(InputDescriptor input, string value) => value == "requester" ? "Who asked" : OfficeRoles.Title(value);

    private static JsonObject Step(JsonObject definition, string id) => definition["root"]!["activities"]!.AsArray().Single(a => (string?)a!["id"] == id)!.AsObject();

    private static JsonObject Connection(JsonObject definition, string source, string port) => definition["root"]!["connections"]!.AsArray()
        .First(c => (string?)c!["source"]!["activity"] == source && (string?)c["source"]!["port"] == port)!.AsObject();
}
