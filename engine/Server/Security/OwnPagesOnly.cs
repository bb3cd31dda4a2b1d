namespace ProductionOffice.Server.Security;

/// <summary>Marks routes that scripts of our own pages call: they carry no form's token, so a change must prove that it comes from here.</summary>
internal sealed class OwnPagesOnly
{
    public static OwnPagesOnly Instance { get; } = new();

    private OwnPagesOnly()
    {
    }
}
