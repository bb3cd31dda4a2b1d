namespace ProductionOffice.Server.Studio;

/// <summary>What the page around the designer shows. Public because components are.</summary>
/// <param name="Kind"><c>workflow</c> to draw one, <c>instance</c> to watch one.</param>
/// <param name="Id">Id of the workflow or of the running one.</param>
/// <param name="Name">Heading.</param>
/// <param name="MayDesign">Whether the viewer may change the drawing.</param>
/// <param name="BackTo">Page of the board to go back to.</param>
/// <param name="Back">What is read on that link.</param>
public sealed record StudioView(string Kind, string Id, string Name, bool MayDesign, string BackTo, string Back);
