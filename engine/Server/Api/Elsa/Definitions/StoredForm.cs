using System.Text.Json.Nodes;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Storage;

namespace ProductionOffice.Server.Api.Elsa.Definitions;

/// <summary>What the Studio sends, as it is stored: with the originals of what it could not draw and the fields it does not know.</summary>
internal static class StoredForm
{
    /// <summary>The custom property that says which text somebody began with.</summary>
    public const string Revision = "revision";

    /// <summary>Makes the stored form of a model.</summary>
    /// <param name="model">What was sent; changed.</param>
    /// <param name="latest">The version it was drawn from; null for a new one.</param>
    /// <param name="registry">Types that are known.</param>
    /// <returns>The revision that was sent; null when none.</returns>
    public static string? Of(JsonObject model, StoredDefinition? latest, ActivityRegistry registry)
    {
        model.Remove("links");
        var revision = TakeRevision(model);
        if (latest is not null)
            NewSteps.Name(model["root"], latest, registry);
        ChoiceSteps.Store(model["root"]);
        MissingSteps.Restore(model["root"]);
        if (latest is not null)
        {
            var shown = StudioForm.Shown(latest);
            var before = (JsonObject)shown.DeepClone();
            MissingSteps.Substitute(shown["root"], registry);
            Connections.Return(model["root"], shown["root"], registry);
            ChoiceSteps.Store(before["root"]);
            Heirlooms.Keep(model, before);
            StepOrder.Keep(model["root"], before["root"]);
            Starts.Follow(model["root"], before["root"], registry);
        }
        else
        {
            Starts.Follow(model["root"], null, registry);
        }

        ActivityTree.Place(model);
        return revision;
    }

    private static string? TakeRevision(JsonObject model)
    {
        if (model["customProperties"] is not JsonObject custom || custom[Revision] is not JsonValue value)
            return null;

        custom.Remove(Revision);
        return value.ToString();
    }
}
