using System.Collections.Concurrent;
using ProductionOffice.Templates;

namespace ProductionOffice.Server.Effects;

/// <summary>The templates coordinators edit; a changed file counts from the next document on.</summary>
/// <param name="folder">Folder of the templates.</param>
internal sealed class TemplateShelf(string folder)
{
    private readonly ConcurrentDictionary<string, (DateTime Written, long Size, Template Template)> _compiled = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Folder of the templates.</summary>
    public string Folder => folder;

    /// <summary>Names of the templates there are.</summary>
    public IEnumerable<string> Names => Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)).Where(f => Path.GetExtension(f) is ".docx" or ".xlsx") : [];

    /// <summary>As <see cref="Find"/>; null when there is no such file.</summary>
    public Template? TryFind(string name) => File.Exists(Path.Combine(folder, Path.GetFileName(name))) ? Find(name) : null;

    /// <summary>A template ready to render.</summary>
    /// <exception cref="EffectFailedException">There is no such file.</exception>
    /// <exception cref="TemplateException">The file is broken; all its errors with places.</exception>
    public Template Find(string name)
    {
        var file = new FileInfo(Path.Combine(folder, Path.GetFileName(name)));
        if (!file.Exists)
            throw new EffectFailedException($"There is no template '{name}' in {folder}. Put the file there under this name, then retry.");

        if (_compiled.TryGetValue(file.Name, out var known) && known.Written == file.LastWriteTimeUtc && known.Size == file.Length)
            return known.Template;

        var template = Template.Compile(File.ReadAllBytes(file.FullName), file.Name);
        _compiled[file.Name] = (file.LastWriteTimeUtc, file.Length, template);
        return template;
    }
}
