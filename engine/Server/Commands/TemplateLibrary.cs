namespace ProductionOffice.Server.Commands;

/// <summary>What a template may include: files beside it and below, nothing else.</summary>
/// <param name="folder">Folder of the template.</param>
internal sealed class TemplateLibrary(string folder)
{
    /// <summary>Null when there is none of that name, or it would lie outside.</summary>
    public byte[]? Find(string name)
    {
        var path = Path.GetFullPath(Path.Combine(folder, name));
        return path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) && File.Exists(path) ? File.ReadAllBytes(path) : null;
    }
}
