using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;

namespace ProductionOffice.Workflows.Deliveries;

/// <summary>Starts a workflow for each parcel that the front desk logs for somebody.</summary>
/// <remarks>Sets the variable <c>delivery</c>, and <c>person</c> when the recipient is known.</remarks>
[Activity(Stimulus, "Front desk", DisplayName = "A delivery is logged", Description = "Starts when the front desk logs a parcel for somebody.", Kind = "Trigger", IsTrigger = true)]
[SetsVariables("delivery", "person")]
public sealed class DeliveryLoggedTrigger : CodeActivity
{
    /// <summary>Name of the stimulus a kiosk's delivery sends; the delivery comes as input <c>delivery</c>.</summary>
    public const string Stimulus = "Office.DeliveryLogged";

    /// <inheritdoc/>
    protected override TriggerStimulus? GetTrigger(TriggerContext context) => new(Stimulus, Value.Undefined);

    /// <inheritdoc/>
    protected override void Execute(ActivityExecutionContext context)
    {
        var flow = context.Workflow;
        var logged = context.IsTriggerOfWorkflow ? context.Resumed : Value.From(flow.Input);
        var delivery = logged["delivery"];
        flow.SetVariable("delivery", delivery);
        flow.SetVariable("person", logged["person"]);
        flow.CorrelationId = $"package:{delivery["number"]}";
        flow.Name = $"Delivery {delivery["number"]} for {delivery["recipient"]}";
        context.Record("delivery", delivery["number"].ToString(), OfficeValues.Fields(("instanceId", Value.From(flow.InstanceId))));
        context.Note($"{delivery["number"]} came for {delivery["recipient"]}", delivery["from"].IsNullish ? null : $"from {delivery["from"]}");
    }
}
