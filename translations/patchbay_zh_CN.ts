<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_US">
<context>
    <name>Int8</name>
    <message>
        <source>int8 needs the data set, to see what values the network meets. Connect it to an Evaluate block and run that first.</source>
        <translation>int8 需要数据集，以了解网络会遇到哪些数值。请将它连接到“评估”模块并先运行。</translation>
    </message>
    <message>
        <source>This processor has no VNNI: int8 is about as fast as fp32 here.</source>
        <translation>此处理器没有 VNNI：int8 在这里与 fp32 差不多快。</translation>
    </message>
    <message>
        <source>There are no labelled validation pictures: how much accuracy int8 costs is not known. It is saved all the same. %1</source>
        <translation>没有带标签的验证图片：int8 损失多少准确率未知。仍会保存。%1</translation>
    </message>
    <message>
        <source>On %1 validation pictures int8 is right for %2 %, fp32 for %3 %.</source>
        <translation>在 %1 张验证图片上，int8 正确率为 %2 %，fp32 为 %3 %。</translation>
    </message>
    <message>
        <source>int8 will not be saved: it loses %1 points, and %2 are allowed. %3</source>
        <translation>不会保存 int8：它损失 %1 个百分点，而允许 %2 个。%3</translation>
    </message>
    <message>
        <source>int8 is saved: it loses nothing. %1 %2</source>
        <translation>会保存 int8：没有损失。%1 %2</translation>
    </message>
    <message>
        <source>int8 is saved: it loses %1 points, and %2 are allowed. %3 %4</source>
        <translation>会保存 int8：它损失 %1 个百分点，允许 %2 个。%3 %4</translation>
    </message>
</context>
<context>
    <name>annotator</name>
    <message>
        <source>Polygon drawn</source>
        <translation>已绘制多边形</translation>
    </message>
    <message>
        <source>Hole cut into a polygon</source>
        <translation>已在多边形中挖孔</translation>
    </message>
    <message>
        <source>Shape moved</source>
        <translation>已移动形状</translation>
    </message>
    <message>
        <source>Shape changed</source>
        <translation>已更改形状</translation>
    </message>
    <message>
        <source>Rotated box drawn</source>
        <translation>已绘制旋转框</translation>
    </message>
    <message>
        <source>Box drawn</source>
        <translation>已绘制边框</translation>
    </message>
    <message>
        <source>Mask painted</source>
        <translation>已涂抹掩膜</translation>
    </message>
    <message>
        <source>Mask erased</source>
        <translation>已擦除掩膜</translation>
    </message>
    <message>
        <source>Vertex added</source>
        <translation>已添加顶点</translation>
    </message>
    <message>
        <source>Vertex removed</source>
        <translation>已删除顶点</translation>
    </message>
    <message>
        <source>Proposed shape taken</source>
        <translation>已采用建议的形状</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>边框</translation>
    </message>
    <message>
        <source>Rotated box</source>
        <translation>旋转框</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>多边形</translation>
    </message>
    <message>
        <source>Hole in the chosen polygon</source>
        <translation>在所选多边形中挖孔</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>橡皮擦</translation>
    </message>
    <message>
        <source>Magic wand</source>
        <translation>魔棒</translation>
    </message>
    <message>
        <source>Point on the thing</source>
        <translation>点在目标上</translation>
    </message>
    <message>
        <source>Point beside the thing</source>
        <translation>点在目标外</translation>
    </message>
    <message>
        <source>Cut out of a box</source>
        <translation>从框中抠出</translation>
    </message>
    <message>
        <source>Shape removed</source>
        <translation>已删除形状</translation>
    </message>
    <message>
        <source>Shape brought forward</source>
        <translation>已将形状前移</translation>
    </message>
    <message>
        <source>Shape sent back</source>
        <translation>已将形状后移</translation>
    </message>
    <message>
        <source>Class of a shape changed to {class}</source>
        <translation>已将形状的类别改为 {class}</translation>
    </message>
</context>
<context>
    <name>base</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
</context>
<context>
    <name>block</name>
    <message>
        <source>This network has no maps of several resolutions.</source>
        <translation>这个网络没有多种分辨率的特征图。</translation>
    </message>
    <message>
        <source>Set the levels to &quot;Last level&quot;.</source>
        <translation>请把“层次”设为“最后一层”。</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>The pictures.</source>
        <translation>图片。</translation>
    </message>
    <message>
        <source>Backbone</source>
        <translation>骨干网络</translation>
    </message>
    <message>
        <source>The network that looks at them.</source>
        <translation>用来看图片的网络。</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>特征</translation>
    </message>
    <message>
        <source>One row of numbers for each picture.</source>
        <translation>每张图片一行数字。</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>层次</translation>
    </message>
    <message>
        <source>From which depths of the network the features come.</source>
        <translation>特征取自网络的哪些深度。</translation>
    </message>
    <message>
        <source>Last level</source>
        <translation>最后一层</translation>
    </message>
    <message>
        <source>What the whole picture means.</source>
        <translation>整张图片的含义。</translation>
    </message>
    <message>
        <source>Several levels</source>
        <translation>多个层次</translation>
    </message>
    <message>
        <source>Fine detail as well: better for textures, defects and microscopy.</source>
        <translation>还包括细节：更适合纹理、缺陷和显微图像。</translation>
    </message>
    <message>
        <source>Looking at pictures</source>
        <translation>正在看图片</translation>
    </message>
    <message>
        <source>Embed</source>
        <translation>提取特征</translation>
    </message>
    <message>
        <source>Turns each picture into features; added pictures are the only ones that are computed again.</source>
        <translation>把每张图片变成特征；新增图片时只计算新增的部分。</translation>
    </message>
    <message>
        <source>No pretrained weights of {name} are installed.</source>
        <translation>没有安装 {name} 的预训练权重。</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>The network with its pretrained weights.</source>
        <translation>带预训练权重的网络。</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Larger networks see more and take longer.</source>
        <translation>网络越大看到的越多，用时也越长。</translation>
    </message>
    <message>
        <source>EfficientNet-Lite0</source>
        <translation>EfficientNet-Lite0</translation>
    </message>
    <message>
        <source>4.7 million parameters, 224 px: the quick start.</source>
        <translation>470 万参数，224 像素：最快上手。</translation>
    </message>
    <message>
        <source>EfficientNet-Lite1</source>
        <translation>EfficientNet-Lite1</translation>
    </message>
    <message>
        <source>5.4 million parameters, 240 px.</source>
        <translation>540 万参数，240 像素。</translation>
    </message>
    <message>
        <source>EfficientNet-Lite2</source>
        <translation>EfficientNet-Lite2</translation>
    </message>
    <message>
        <source>6.1 million parameters, 260 px.</source>
        <translation>610 万参数，260 像素。</translation>
    </message>
    <message>
        <source>ResNet-18</source>
        <translation>ResNet-18</translation>
    </message>
    <message>
        <source>11.7 million parameters; needs a weight file.</source>
        <translation>1170 万参数；需要权重文件。</translation>
    </message>
    <message>
        <source>ResNet-50</source>
        <translation>ResNet-50</translation>
    </message>
    <message>
        <source>25.6 million parameters; needs a weight file.</source>
        <translation>2560 万参数；需要权重文件。</translation>
    </message>
    <message>
        <source>Own weights</source>
        <translation>自己的权重</translation>
    </message>
    <message>
        <source>A .safetensors or .pth file. Nothing in it is executed. Empty: the ImageNet weights that come with Patchbay.</source>
        <translation>一个 .safetensors 或 .pth 文件，其中的任何代码都不会被执行。留空：使用 Patchbay 自带的 ImageNet 权重。</translation>
    </message>
    <message>
        <source>Picture size</source>
        <translation>图片尺寸</translation>
    </message>
    <message>
        <source>Side of the square the network sees; 0 = the network&apos;s own. Larger shows small details and takes longer.</source>
        <translation>网络所见正方形的边长；0 表示网络自己的尺寸。越大越能看清细节，用时也越长。</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适配</translation>
    </message>
    <message>
        <source>How a picture becomes a square.</source>
        <translation>怎样把图片变成正方形。</translation>
    </message>
    <message>
        <source>Keep the shape, cut the edges</source>
        <translation>保持比例，裁去边缘</translation>
    </message>
    <message>
        <source>Stretch the whole picture</source>
        <translation>拉伸整张图片</translation>
    </message>
    <message>
        <source>Fast reading of large photos</source>
        <translation>快速读取大照片</translation>
    </message>
    <message>
        <source>Large JPEGs are read at a fraction of their size. Part of the exported model&apos;s record.</source>
        <translation>大的 JPEG 按缩小的尺寸读取。这会记录在导出的模型里。</translation>
    </message>
    <message>
        <source>Pretrained backbone</source>
        <translation>预训练骨干网络</translation>
    </message>
    <message>
        <source>A network that already knows pictures; what you train stands on it.</source>
        <translation>一个已经认识图片的网络；您的训练建立在它之上。</translation>
    </message>
    <message>
        <source>The service has no request &quot;{name}&quot;.</source>
        <translation>该服务没有“{name}”这个请求。</translation>
    </message>
    <message>
        <source>Ask for &quot;convert&quot;.</source>
        <translation>请使用 &quot;convert&quot;。</translation>
    </message>
    <message>
        <source>{path} exists already and was not changed.</source>
        <translation>{path} 已经存在，没有改动。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请换一个名字。</translation>
    </message>
    <message>
        <source>Labelled pictures, split or not.</source>
        <translation>带标签的图片，划分与否均可。</translation>
    </message>
    <message>
        <source>All pictures; only the chosen training pictures keep their labels.</source>
        <translation>全部图片；只有选中的训练图片保留标签。</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>What the amount counts.</source>
        <translation>数量的含义。</translation>
    </message>
    <message>
        <source>Pictures per class</source>
        <translation>每类图片数</translation>
    </message>
    <message>
        <source>Per cent of each class</source>
        <translation>每类的百分比</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>Share of each class&apos;s training pictures that keep their label.</source>
        <translation>每个类别的训练图片中保留标签的比例。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Another seed keeps other pictures; smaller amounts lie within larger ones.</source>
        <translation>换一个种子会保留另一些图片；较小的数量总包含在较大的数量之中。</translation>
    </message>
    <message>
        <source>There are no labelled training pictures to choose from.</source>
        <translation>没有可供选择的带标签训练图片。</translation>
    </message>
    <message>
        <source>Connect labelled data, or give the training part of the split a larger share.</source>
        <translation>请连接带标签的数据，或加大划分中训练部分的比例。</translation>
    </message>
    <message>
        <source>Few labels</source>
        <translation>少量标签</translation>
    </message>
    <message>
        <source>Keeps the labels of a few training pictures of each class and hides the others.</source>
        <translation>每个类别只保留少数训练图片的标签，其余隐藏。</translation>
    </message>
    <message>
        <source>The pictures with their classes.</source>
        <translation>图片及其类别。</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Holds one folder for each class. A folder named &quot;unlabeled&quot; stays without class. Folders train, val and test at the top give the parts.</source>
        <translation>每个类别一个文件夹。名为 &quot;unlabeled&quot; 的文件夹不带类别。最上层的 train、val 和 test 文件夹表示各部分。</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Which folder&apos;s name is the class, when folders lie in folders.</source>
        <translation>文件夹套文件夹时，以哪一层的名字作为类别。</translation>
    </message>
    <message>
        <source>Topmost folder</source>
        <translation>最上层文件夹</translation>
    </message>
    <message>
        <source>Innermost folder</source>
        <translation>最内层文件夹</translation>
    </message>
    <message>
        <source>No classes</source>
        <translation>没有类别</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Order of the classes; other folders are left out. Empty: every folder, by name.</source>
        <translation>类别的顺序；其他文件夹不使用。留空：全部文件夹，按名称排序。</translation>
    </message>
    <message>
        <source>Added pictures</source>
        <translation>新增图片</translation>
    </message>
    <message>
        <source>Folder in the project with pictures that were added later, one folder for each class. What it says of a picture goes before what the other folder says. Empty: none.</source>
        <translation>项目中存放后来新增图片的文件夹，每个类别一个文件夹。它对图片的说明优先于另一个文件夹。留空：没有。</translation>
    </message>
    <message>
        <source>The folder {path} is empty.</source>
        <translation>文件夹 {path} 是空的。</translation>
    </message>
    <message>
        <source>Put pictures into it, one folder for each class.</source>
        <translation>请放入图片，每个类别一个文件夹。</translation>
    </message>
    <message>
        <source>Picture folder</source>
        <translation>图片文件夹</translation>
    </message>
    <message>
        <source>Takes the pictures of a folder; the names of its sub-folders are the classes.</source>
        <translation>读取一个文件夹的图片；子文件夹的名字就是类别。</translation>
    </message>
    <message>
        <source>The pictures of the table with their labels.</source>
        <translation>表格中的图片及其标签。</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>CSV file with one picture a line.</source>
        <translation>CSV 文件，每行一张图片。</translation>
    </message>
    <message>
        <source>Where the picture paths start. Empty: the folder of the table.</source>
        <translation>图片路径的起点。留空：表格所在的文件夹。</translation>
    </message>
    <message>
        <source>First line</source>
        <translation>第一行</translation>
    </message>
    <message>
        <source>Whether the first line names the columns.</source>
        <translation>第一行是否为列名。</translation>
    </message>
    <message>
        <source>Find out</source>
        <translation>自动判断</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>列名</translation>
    </message>
    <message>
        <source>Path column</source>
        <translation>路径列</translation>
    </message>
    <message>
        <source>Name or number (from 1) of the column with the picture paths.</source>
        <translation>图片路径所在列的名字或编号（从 1 开始）。</translation>
    </message>
    <message>
        <source>Label columns</source>
        <translation>标签列</translation>
    </message>
    <message>
        <source>Names or numbers of the label columns; several for several labels a picture.</source>
        <translation>标签列的名字或编号；填多列表示一张图片有多个标签。</translation>
    </message>
    <message>
        <source>Labels are</source>
        <translation>标签是</translation>
    </message>
    <message>
        <source>What the label columns hold.</source>
        <translation>标签列里的内容。</translation>
    </message>
    <message>
        <source>Class names</source>
        <translation>类别名称</translation>
    </message>
    <message>
        <source>Probability of the second class</source>
        <translation>第二类的概率</translation>
    </message>
    <message>
        <source>A number from 0 to 1; half and above is the second class.</source>
        <translation>0 到 1 之间的数；一半及以上为第二类。</translation>
    </message>
    <message>
        <source>Yes or no for each column</source>
        <translation>每列是或否</translation>
    </message>
    <message>
        <source>Several labels a picture: every column is a class.</source>
        <translation>一张图片有多个标签：每列是一个类别。</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>A flag at or above this number means yes.</source>
        <translation>大于或等于这个数的标记表示“是”。</translation>
    </message>
    <message>
        <source>Threshold of each column</source>
        <translation>每列的阈值</translation>
    </message>
    <message>
        <source>One number for each label column, in their order, where they differ. Empty: the one threshold for all.</source>
        <translation>各列阈值不同时，按顺序为每个标签列给一个数。留空：全部用同一个阈值。</translation>
    </message>
    <message>
        <source>Names and order of the classes. Empty: as they appear, by name.</source>
        <translation>类别的名称和顺序。留空：按出现的名称排序。</translation>
    </message>
    <message>
        <source>Group column</source>
        <translation>分组列</translation>
    </message>
    <message>
        <source>Pictures with the same entry stay together when data are split. Empty: none.</source>
        <translation>内容相同的图片在划分时保持在一起。留空：不分组。</translation>
    </message>
    <message>
        <source>Part column</source>
        <translation>部分列</translation>
    </message>
    <message>
        <source>Holds train, validation or test. Empty: none.</source>
        <translation>内容为 train、validation 或 test。留空：没有。</translation>
    </message>
    <message>
        <source>Folder in the project with pictures that were added later, one folder for each class. What it says of a picture goes before what the table says. Empty: none.</source>
        <translation>项目中存放后来新增图片的文件夹，每个类别一个文件夹。它对图片的说明优先于表格。留空：没有。</translation>
    </message>
    <message>
        <source>The table {path} is empty.</source>
        <translation>表格 {path} 是空的。</translation>
    </message>
    <message>
        <source>Choose a table with one picture a line.</source>
        <translation>请选择每行一张图片的表格。</translation>
    </message>
    <message>
        <source>The table has the class &quot;{label}&quot;, which is not in the list.</source>
        <translation>表格中有类别“{label}”，但它不在列表里。</translation>
    </message>
    <message>
        <source>Add it to the classes, or empty the list.</source>
        <translation>请把它加入类别，或清空列表。</translation>
    </message>
    <message>
        <source>The table has no column &quot;{name}&quot;.</source>
        <translation>表格没有“{name}”这一列。</translation>
    </message>
    <message>
        <source>It has {n} column(s), numbered from 1.</source>
        <translation>它有 {n} 列，编号从 1 开始。</translation>
    </message>
    <message>
        <source>Did you mean &quot;{name}&quot;?</source>
        <translation>您是指“{name}”吗？</translation>
    </message>
    <message>
        <source>There are {n} threshold(s) for {columns} label column(s).</source>
        <translation>给了 {n} 个阈值，而标签列有 {columns} 列。</translation>
    </message>
    <message>
        <source>Give one for each label column, or none.</source>
        <translation>请为每个标签列给一个，或一个都不给。</translation>
    </message>
    <message>
        <source>The threshold &quot;{text}&quot; is not a number.</source>
        <translation>阈值“{text}”不是数字。</translation>
    </message>
    <message>
        <source>Write it like 0.5.</source>
        <translation>请写成 0.5 这样的形式。</translation>
    </message>
    <message>
        <source>The label &quot;{text}&quot; of {path} is not a number{range}.</source>
        <translation>{path} 的标签“{text}”不是数字{range}。</translation>
    </message>
    <message>
        <source>Correct the table, or say that the labels are class names.</source>
        <translation>请改正表格，或说明标签是类别名称。</translation>
    </message>
    <message>
        <source>The part column holds &quot;{text}&quot;.</source>
        <translation>部分列的内容是“{text}”。</translation>
    </message>
    <message>
        <source>Use train, validation or test, or leave the cell empty.</source>
        <translation>请使用 train、validation 或 test，或让单元格留空。</translation>
    </message>
    <message>
        <source>The picture {path} stands in the table twice, with different labels.</source>
        <translation>图片 {path} 在表格中出现两次，标签不同。</translation>
    </message>
    <message>
        <source>Keep one line for each picture.</source>
        <translation>每张图片只保留一行。</translation>
    </message>
    <message>
        <source>A probability needs exactly two class names.</source>
        <translation>概率标签恰好需要两个类别名称。</translation>
    </message>
    <message>
        <source>Name them in order: first what a low probability means, then what a high one means.</source>
        <translation>请按顺序命名：先是低概率的含义，再是高概率的含义。</translation>
    </message>
    <message>
        <source>Picture table</source>
        <translation>图片表格</translation>
    </message>
    <message>
        <source>Takes pictures and labels from a CSV file: class names, probabilities, or several labels a picture.</source>
        <translation>从 CSV 文件读取图片和标签：类别名称、概率，或一张图片多个标签。</translation>
    </message>
    <message>
        <source>A newer request replaced this one.</source>
        <translation>一个更新的请求取代了它。</translation>
    </message>
    <message>
        <source>Nothing needs to be done.</source>
        <translation>不需要做任何事。</translation>
    </message>
    <message>
        <source>Ask for thumbnails, decode, augment, augmentations or summary.</source>
        <translation>可以请求 thumbnails、decode、augment、augmentations 或 summary。</translation>
    </message>
    <message>
        <source>Pictures of side {side} are not made here.</source>
        <translation>这里不生成边长为 {side} 的图片。</translation>
    </message>
    <message>
        <source>Ask for 1 to 8192 pixels.</source>
        <translation>请使用 1 到 8192 像素。</translation>
    </message>
    <message>
        <source>{n} pictures are too many for one request.</source>
        <translation>一次请求 {n} 张图片太多了。</translation>
    </message>
    <message>
        <source>Ask for at most 4096 at once.</source>
        <translation>一次最多请求 4096 张。</translation>
    </message>
    <message>
        <source>The pictures to divide.</source>
        <translation>要划分的图片。</translation>
    </message>
    <message>
        <source>The same pictures, each with its part.</source>
        <translation>同样的图片，各自带有所属部分。</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>How pictures are given to the parts. Classes are always spread evenly (stratified).</source>
        <translation>怎样把图片分到各部分。各类别总是均匀分布（分层）。</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Exact shares below 200 pictures, lasting parts from there on.</source>
        <translation>少于 200 张时比例精确，更多时各部分保持不变。</translation>
    </message>
    <message>
        <source>Exact shares</source>
        <translation>精确比例</translation>
    </message>
    <message>
        <source>Every class is divided as exactly as possible.</source>
        <translation>每个类别都尽可能精确地划分。</translation>
    </message>
    <message>
        <source>Lasting parts</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <source>No picture ever changes its part when others are added.</source>
        <translation>新增图片时，任何图片都不会换到别的部分。</translation>
    </message>
    <message>
        <source>Cross-validation</source>
        <translation>交叉验证</translation>
    </message>
    <message>
        <source>One of several equal folds is the test part.</source>
        <translation>若干等份中的一份作为测试部分。</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Share for choosing settings and thresholds.</source>
        <translation>用于选择设置和阈值的比例。</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Share kept aside for the final figures.</source>
        <translation>留作最终评估的比例。</translation>
    </message>
    <message>
        <source>Folds</source>
        <translation>折数</translation>
    </message>
    <message>
        <source>Number of equal parts for cross-validation.</source>
        <translation>交叉验证的等份数。</translation>
    </message>
    <message>
        <source>Fold</source>
        <translation>折</translation>
    </message>
    <message>
        <source>Which of the folds is the test part, from 0.</source>
        <translation>用哪一折作为测试部分，从 0 开始。</translation>
    </message>
    <message>
        <source>Group by name</source>
        <translation>按名称分组</translation>
    </message>
    <message>
        <source>Regular expression on the path; what its first parentheses match is the part or patient whose pictures stay together. Empty: the groups the data set has.</source>
        <translation>对路径使用的正则表达式；第一个括号匹配的内容是零件或病人，其图片保持在一起。留空：使用数据集自带的分组。</translation>
    </message>
    <message>
        <source>Another seed gives another division.</source>
        <translation>换一个种子会得到另一种划分。</translation>
    </message>
    <message>
        <source>There are no pictures to divide.</source>
        <translation>没有可以划分的图片。</translation>
    </message>
    <message>
        <source>Choose a folder that has pictures in it.</source>
        <translation>请选择里面有图片的文件夹。</translation>
    </message>
    <message>
        <source>&quot;{pattern}&quot; is not a regular expression ({problem}).</source>
        <translation>“{pattern}”不是正则表达式（{problem}）。</translation>
    </message>
    <message>
        <source>Use for example &quot;patient_([0-9]+)&quot;.</source>
        <translation>例如使用 &quot;patient_([0-9]+)&quot;。</translation>
    </message>
    <message>
        <source>&quot;{pattern}&quot; is found in no picture&apos;s path.</source>
        <translation>任何图片的路径里都没有“{pattern}”。</translation>
    </message>
    <message>
        <source>The paths look like &quot;{path}&quot;; correct the pattern, or empty it.</source>
        <translation>路径的样子是“{path}”；请改正或清空表达式。</translation>
    </message>
    <message>
        <source>There is no fold {fold}: they are numbered from 0 to {last}.</source>
        <translation>没有第 {fold} 折：编号从 0 到 {last}。</translation>
    </message>
    <message>
        <source>Choose a smaller fold, or more folds.</source>
        <translation>请选择较小的折号，或增加折数。</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Divides pictures into training, validation and test parts; pictures of one group stay together.</source>
        <translation>把图片分成训练、验证和测试部分；同一组的图片保持在一起。</translation>
    </message>
    <message>
        <source>The trained classifier.</source>
        <translation>训练好的分类器。</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Its measured figures, for the model card.</source>
        <translation>它的实测指标，写入模型卡片。</translation>
    </message>
    <message>
        <source>What it was trained on: named in the card by digest and counts; pictures are only used to check the export.</source>
        <translation>训练所用的数据：卡片中记录其摘要和数量；图片只用来检查导出结果。</translation>
    </message>
    <message>
        <source>Model card</source>
        <translation>模型卡片</translation>
    </message>
    <message>
        <source>What the model is, how good, how fast, and its limits.</source>
        <translation>模型是什么、有多好、有多快，以及它的局限。</translation>
    </message>
    <message>
        <source>Where the export folder is made. Empty: exports/ of the project.</source>
        <translation>导出文件夹建在哪里。留空：项目的 exports/。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name of the model and of its folder.</source>
        <translation>模型及其文件夹的名称。</translation>
    </message>
    <message>
        <source>Include own pictures</source>
        <translation>包含自己的图片</translation>
    </message>
    <message>
        <source>Puts eight of your pictures among the test vectors. Otherwise only pictures drawn by the program are in the export.</source>
        <translation>把您的八张图片放进测试向量。否则导出中只有程序绘制的图片。</translation>
    </message>
    <message>
        <source>This network was not trained to tell classes apart.</source>
        <translation>这个网络没有训练过区分类别。</translation>
    </message>
    <message>
        <source>Connect the model of a Linear probe or Fine-tune block.</source>
        <translation>请连接“线性探测”或“微调”模块的模型。</translation>
    </message>
    <message>
        <source>Checking the export</source>
        <translation>正在检查导出结果</translation>
    </message>
    <message>
        <source>The exported file does not compute what the network computes (difference {d}).</source>
        <translation>导出的文件与网络计算的结果不一致（相差 {d}）。</translation>
    </message>
    <message>
        <source>Nothing was written. Report this with the diagnostic bundle of `patchbay doctor`.</source>
        <translation>没有写入任何内容。请附上 `patchbay doctor` 的诊断包报告此问题。</translation>
    </message>
    <message>
        <source>Writing test vectors</source>
        <translation>正在写测试向量</translation>
    </message>
    <message>
        <source>Checking the demos</source>
        <translation>正在检查示例程序</translation>
    </message>
    <message>
        <source>Measuring speed</source>
        <translation>正在测量速度</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Writes a folder with the model as ONNX and safetensors, its card, runnable demos and test vectors, all checked against each other.</source>
        <translation>写出一个文件夹，包含 ONNX 和 safetensors 模型、卡片、可运行的示例和测试向量，并相互核对。</translation>
    </message>
    <message>
        <source>Ask for &quot;predict&quot;.</source>
        <translation>请使用 &quot;predict&quot;。</translation>
    </message>
    <message>
        <source>{path} is not an exported model: it has no model.onnx.</source>
        <translation>{path} 不是导出的模型：里面没有 model.onnx。</translation>
    </message>
    <message>
        <source>Give the folder that the Export block wrote.</source>
        <translation>请给出“导出”模块写出的文件夹。</translation>
    </message>
    <message>
        <source>The {demo} demo does not give the answers of the model: {what}.</source>
        <translation>{demo} 示例得到的结果与模型不同：{what}。</translation>
    </message>
    <message>
        <source>The export was stopped.</source>
        <translation>导出已停止。</translation>
    </message>
    <message>
        <source>Run again.</source>
        <translation>请再运行一次。</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; cannot be the name of a folder.</source>
        <translation>“{name}”不能作为文件夹的名称。</translation>
    </message>
    <message>
        <source>Choose a name without slashes; where the folder is made is another setting.</source>
        <translation>请选择不含斜杠的名称；文件夹建在哪里是另一个设置。</translation>
    </message>
    <message>
        <source>Predictions</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>What is written.</source>
        <translation>要写出的内容。</translation>
    </message>
    <message>
        <source>The same pictures; their names stand in the file.</source>
        <translation>同样的图片；文件中使用它们的名称。</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>汇总</translation>
    </message>
    <message>
        <source>How many pictures of each class there are.</source>
        <translation>每个类别有多少张图片。</translation>
    </message>
    <message>
        <source>Where the file is written. Empty: exports/ of the project.</source>
        <translation>文件写在哪里。留空：项目的 exports/。</translation>
    </message>
    <message>
        <source>Name of the new folder.</source>
        <translation>新文件夹的名称。</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>How the table is written.</source>
        <translation>表格的写法。</translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation>CSV 表格</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Write predictions</source>
        <translation>写出预测</translation>
    </message>
    <message>
        <source>Writes the predictions as a CSV table or JSON file.</source>
        <translation>把预测写成 CSV 表格或 JSON 文件。</translation>
    </message>
    <message>
        <source>A model has no predictions for labelled test pictures.</source>
        <translation>有一个模型没有带标签测试图片的预测。</translation>
    </message>
    <message>
        <source>Put a Split block before the training.</source>
        <translation>请在训练之前放一个“划分”模块。</translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation>基线</translation>
    </message>
    <message>
        <source>Predictions of the first method, one for each fold and seed.</source>
        <translation>第一种方法的预测，每折每个种子一份。</translation>
    </message>
    <message>
        <source>Candidate</source>
        <translation>候选</translation>
    </message>
    <message>
        <source>Predictions of the second method, on the same folds and seeds.</source>
        <translation>第二种方法的预测，使用相同的折和种子。</translation>
    </message>
    <message>
        <source>How much better the candidate is, with an interval.</source>
        <translation>候选方法好多少，并给出区间。</translation>
    </message>
    <message>
        <source>There are {a} runs of the baseline and {b} of the candidate.</source>
        <translation>基线有 {a} 次运行，候选有 {b} 次。</translation>
    </message>
    <message>
        <source>Run both in the same for-each group, so that they share folds and seeds.</source>
        <translation>请让两者在同一个循环组中运行，使它们共用折和种子。</translation>
    </message>
    <message>
        <source>The two methods were tested on different pictures.</source>
        <translation>两种方法在不同的图片上测试。</translation>
    </message>
    <message>
        <source>Give both the same data and the same split.</source>
        <translation>请给两者相同的数据和相同的划分。</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Says how much better one method is than another on the same pictures, folds and seeds, with an interval.</source>
        <translation>在相同的图片、折和种子上，说明一种方法比另一种好多少，并给出区间。</translation>
    </message>
    <message>
        <source>Probabilities for the pictures.</source>
        <translation>各图片的概率。</translation>
    </message>
    <message>
        <source>The same pictures with their true labels and parts.</source>
        <translation>同样的图片，带真实标签和所属部分。</translation>
    </message>
    <message>
        <source>All figures, curves and the worst mistakes.</source>
        <translation>全部指标、曲线和最严重的错误。</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Which pictures the figures are about.</source>
        <translation>指标针对哪些图片。</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Positive class</source>
        <translation>正类</translation>
    </message>
    <message>
        <source>With two classes: the one to be found, whose precision, recall and curves are shown. Empty: the second one.</source>
        <translation>两个类别时：要找出的那一类，显示它的精确率、召回率和曲线。留空：第二类。</translation>
    </message>
    <message>
        <source>With two classes, and for each of several labels: from which probability on a picture counts as positive. Chosen on the validation part, never on the test part.</source>
        <translation>两个类别时，以及对多个标签中的每一个：概率达到多少算作正类。在验证部分上选择，绝不在测试部分上选择。</translation>
    </message>
    <message>
        <source>One half</source>
        <translation>一半</translation>
    </message>
    <message>
        <source>Best F1</source>
        <translation>F1 最佳</translation>
    </message>
    <message>
        <source>Best balanced accuracy</source>
        <translation>平衡准确率最佳</translation>
    </message>
    <message>
        <source>Wanted recall</source>
        <translation>指定召回率</translation>
    </message>
    <message>
        <source>Share of the positives that must be found.</source>
        <translation>必须找出的正类比例。</translation>
    </message>
    <message>
        <source>Worst mistakes</source>
        <translation>最严重的错误</translation>
    </message>
    <message>
        <source>How many of the most confidently wrong pictures are listed.</source>
        <translation>列出多少张错得最有把握的图片。</translation>
    </message>
    <message>
        <source>The chosen part has no labelled picture.</source>
        <translation>所选部分没有带标签的图片。</translation>
    </message>
    <message>
        <source>Put a Split block before the training, or choose the part &quot;All&quot;.</source>
        <translation>请在训练之前放一个“划分”模块，或选择“全部”。</translation>
    </message>
    <message>
        <source>The predictions are for the task &quot;{task}&quot;, the data for &quot;{other}&quot;.</source>
        <translation>预测的任务是“{task}”，数据的任务是“{other}”。</translation>
    </message>
    <message>
        <source>Evaluate the model on data of the kind it was trained on.</source>
        <translation>请用与训练时同类的数据评估模型。</translation>
    </message>
    <message>
        <source>The model does not know the class &quot;{label}&quot;.</source>
        <translation>模型不认识类别“{label}”。</translation>
    </message>
    <message>
        <source>Train it on data that have this class, or evaluate it on data without it.</source>
        <translation>请用包含该类别的数据训练，或用不含该类别的数据评估。</translation>
    </message>
    <message>
        <source>There is no class &quot;{label}&quot;.</source>
        <translation>没有类别“{label}”。</translation>
    </message>
    <message>
        <source>Choose one of the model&apos;s classes.</source>
        <translation>请选择模型的一个类别。</translation>
    </message>
    <message>
        <source>There is no labelled validation picture to choose the threshold on.</source>
        <translation>没有带标签的验证图片可用来选择阈值。</translation>
    </message>
    <message>
        <source>Give the Split block a validation share, or set the threshold to &quot;One half&quot;.</source>
        <translation>请在“划分”模块中给出验证比例，或把阈值设为“一半”。</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Says how good a model is: every figure with its interval, curves, confusion matrix and the worst mistakes.</source>
        <translation>说明模型有多好：各项指标及其区间、曲线、混淆矩阵和最严重的错误。</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Reports of several runs: seeds, folds, backbones, amounts of labels.</source>
        <translation>多次运行的报告：种子、折、骨干网络、标签数量。</translation>
    </message>
    <message>
        <source>Mean, spread and interval of every figure, and the single runs.</source>
        <translation>各项指标的平均值、离散程度和区间，以及每次运行的结果。</translation>
    </message>
    <message>
        <source>Best by</source>
        <translation>最佳依据</translation>
    </message>
    <message>
        <source>The figure that names the best run.</source>
        <translation>用哪个指标决定最佳运行。</translation>
    </message>
    <message>
        <source>The reports have no figure &quot;{name}&quot;.</source>
        <translation>报告中没有指标“{name}”。</translation>
    </message>
    <message>
        <source>Choose a figure of the reports, for example accuracy.</source>
        <translation>请选择报告中的一个指标，例如 accuracy。</translation>
    </message>
    <message>
        <source>Brings the reports of many runs together: mean, spread, interval and the best run.</source>
        <translation>汇集多次运行的报告：平均值、离散程度、区间和最佳运行。</translation>
    </message>
    <message>
        <source>Of your pictures.</source>
        <translation>您的图片的特征。</translation>
    </message>
    <message>
        <source>The same pictures with their parts.</source>
        <translation>同样的图片，带所属部分。</translation>
    </message>
    <message>
        <source>Strangers</source>
        <translation>陌生图片</translation>
    </message>
    <message>
        <source>Features of pictures that are known to be unlike yours, to measure how well they are told apart.</source>
        <translation>已知与您的图片不同的图片的特征，用来衡量区分得有多好。</translation>
    </message>
    <message>
        <source>Unlike your data</source>
        <translation>与您的数据不同</translation>
    </message>
    <message>
        <source>The least alike of your pictures, and what is needed to judge others.</source>
        <translation>您的图片中最不相似的那些，以及判断其他图片所需的内容。</translation>
    </message>
    <message>
        <source>How a picture is compared with the training pictures.</source>
        <translation>怎样把一张图片与训练图片比较。</translation>
    </message>
    <message>
        <source>Nearest pictures</source>
        <translation>最近的图片</translation>
    </message>
    <message>
        <source>Distance to the training pictures that are most alike.</source>
        <translation>到最相似的训练图片的距离。</translation>
    </message>
    <message>
        <source>Spread of all pictures</source>
        <translation>全部图片的分布</translation>
    </message>
    <message>
        <source>Distance from the mean, measured by how much the training pictures vary in each direction.</source>
        <translation>到平均值的距离，以训练图片在各方向上的变化来衡量。</translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation>近邻数</translation>
    </message>
    <message>
        <source>How many of the nearest training pictures count.</source>
        <translation>计入多少张最近的训练图片。</translation>
    </message>
    <message>
        <source>Familiar share</source>
        <translation>熟悉比例</translation>
    </message>
    <message>
        <source>So many of your own pictures, held out from training, raise no warning.</source>
        <translation>您自己的、未参与训练的图片中，有这么多不会引起警告。</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>Run again to go on.</source>
        <translation>再运行一次即可继续。</translation>
    </message>
    <message>
        <source>The strangers&apos; features were computed by another network.</source>
        <translation>陌生图片的特征由另一个网络计算。</translation>
    </message>
    <message>
        <source>Use an Embed block with the same backbone and levels for both.</source>
        <translation>请对两者使用骨干网络和层次相同的“提取特征”模块。</translation>
    </message>
    <message>
        <source>Learns what your pictures look like, so that a picture of something else raises a warning.</source>
        <translation>学习您的图片是什么样子，遇到别的东西时给出警告。</translation>
    </message>
    <message>
        <source>The exported classifier.</source>
        <translation>导出的分类器。</translation>
    </message>
    <message>
        <source>What an Export block wrote: it holds net.json and model.safetensors.</source>
        <translation>“导出”模块写出的内容：其中有 net.json 和 model.safetensors。</translation>
    </message>
    <message>
        <source>{path} is not an exported model: it has no net.json.</source>
        <translation>{path} 不是导出的模型：里面没有 net.json。</translation>
    </message>
    <message>
        <source>Choose the folder that the Export block wrote.</source>
        <translation>请选择“导出”模块写出的文件夹。</translation>
    </message>
    <message>
        <source>Exported model</source>
        <translation>导出的模型</translation>
    </message>
    <message>
        <source>Opens a model that was exported before.</source>
        <translation>打开以前导出的模型。</translation>
    </message>
    <message>
        <source>The pictures; labels are not looked at.</source>
        <translation>图片；不看标签。</translation>
    </message>
    <message>
        <source>A trained classifier.</source>
        <translation>训练好的分类器。</translation>
    </message>
    <message>
        <source>A probability for each class and picture.</source>
        <translation>每个类别和每张图片的概率。</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Which parts of the data are predicted.</source>
        <translation>预测数据的哪些部分。</translation>
    </message>
    <message>
        <source>Validation and test</source>
        <translation>验证和测试</translation>
    </message>
    <message>
        <source>Predicting</source>
        <translation>正在预测</translation>
    </message>
    <message>
        <source>Predict</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Gives every picture a probability for each class; added pictures are the only ones that are computed again.</source>
        <translation>给出每张图片属于各类别的概率；新增图片时只计算新增的部分。</translation>
    </message>
    <message>
        <source>Choose the model of a Linear probe or Fine-tune block.</source>
        <translation>请选择“线性探测”或“微调”模块的模型。</translation>
    </message>
    <message>
        <source>The model has no such class.</source>
        <translation>模型没有这个类别。</translation>
    </message>
    <message>
        <source>Choose one of its classes.</source>
        <translation>请选择它的一个类别。</translation>
    </message>
    <message>
        <source>What was stored about the training pictures cannot be read.</source>
        <translation>无法读取所存的训练图片信息。</translation>
    </message>
    <message>
        <source>Run the block &quot;Unlike your data&quot; again.</source>
        <translation>请再次运行“与您的数据不同”模块。</translation>
    </message>
    <message>
        <source>{n} training picture(s) are too few to say what is unlike them.</source>
        <translation>{n} 张训练图片太少，无法判断什么与它们不同。</translation>
    </message>
    <message>
        <source>Give more pictures, or look at fewer neighbours.</source>
        <translation>请提供更多图片，或减少近邻数。</translation>
    </message>
    <message>
        <source>The features are too many for this method.</source>
        <translation>特征太多，这种方法处理不了。</translation>
    </message>
    <message>
        <source>Choose the nearest pictures instead.</source>
        <translation>请改选“最近的图片”。</translation>
    </message>
    <message>
        <source>The features of the training pictures do not differ enough.</source>
        <translation>训练图片的特征差别不够大。</translation>
    </message>
    <message>
        <source>This is not a result of the block &quot;Unlike your data&quot;.</source>
        <translation>这不是“与您的数据不同”模块的结果。</translation>
    </message>
    <message>
        <source>Give its output.</source>
        <translation>请给出它的输出。</translation>
    </message>
    <message>
        <source>Run again to go on where it stopped.</source>
        <translation>再运行一次会从停下的地方继续。</translation>
    </message>
    <message>
        <source>The network wants pictures that are not square.</source>
        <translation>网络需要的图片不是正方形。</translation>
    </message>
    <message>
        <source>Choose a network for square pictures.</source>
        <translation>请选择使用正方形图片的网络。</translation>
    </message>
    <message>
        <source>Training was stopped.</source>
        <translation>训练已停止。</translation>
    </message>
    <message>
        <source>Run again to go on from the last checkpoint.</source>
        <translation>再运行一次会从上一个检查点继续。</translation>
    </message>
    <message>
        <source>Labelled pictures, divided into parts.</source>
        <translation>带标签并已划分的图片。</translation>
    </message>
    <message>
        <source>The pretrained network to start from.</source>
        <translation>作为起点的预训练网络。</translation>
    </message>
    <message>
        <source>The network, trained on your pictures.</source>
        <translation>在您的图片上训练过的网络。</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练范围</translation>
    </message>
    <message>
        <source>How much of the network is changed.</source>
        <translation>改变网络的多少部分。</translation>
    </message>
    <message>
        <source>Last stages</source>
        <translation>最后几个阶段</translation>
    </message>
    <message>
        <source>The early stages are computed once and kept: minutes on a plain computer, and the best choice for small data.</source>
        <translation>前面的阶段只计算一次并保存：在普通电脑上几分钟，数据少时是最佳选择。</translation>
    </message>
    <message>
        <source>Head only</source>
        <translation>仅分类头</translation>
    </message>
    <message>
        <source>Only the last layer: seconds.</source>
        <translation>只训练最后一层：几秒钟。</translation>
    </message>
    <message>
        <source>Head, then everything</source>
        <translation>先分类头，再全部</translation>
    </message>
    <message>
        <source>The head is fitted first, then all stages are trained from it.</source>
        <translation>先拟合分类头，再由此训练全部阶段。</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>All stages from the start; slow without a GPU.</source>
        <translation>从一开始就训练全部阶段；没有 GPU 时很慢。</translation>
    </message>
    <message>
        <source>First trained stage</source>
        <translation>首个训练阶段</translation>
    </message>
    <message>
        <source>Stages before it stay as they are, for example block11 or layer4. Empty: the last third of the network.</source>
        <translation>它之前的阶段保持不变，例如 block11 或 layer4。留空：网络的后三分之一。</translation>
    </message>
    <message>
        <source>Kept views</source>
        <translation>保存的视图</translation>
    </message>
    <message>
        <source>Views of each picture that are computed and kept. Choose only what leaves the class unchanged.</source>
        <translation>每张图片计算并保存的视图。只选择不改变类别的那些。</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>原样</translation>
    </message>
    <message>
        <source>Mirrored</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Flips and quarter turns</source>
        <translation>翻转和 90 度旋转</translation>
    </message>
    <message>
        <source>For pictures without an up and down: parts, cells, satellite views.</source>
        <translation>适用于没有上下之分的图片：零件、电池片、卫星图。</translation>
    </message>
    <message>
        <source>Augmentation</source>
        <translation>数据增强</translation>
    </message>
    <message>
        <source>Random changes, so that the network does not learn pictures by heart.</source>
        <translation>随机变化，使网络不会死记图片。</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>TrivialAugmentWide and RandomErasing.</source>
        <translation>TrivialAugmentWide 和 RandomErasing。</translation>
    </message>
    <message>
        <source>Own list</source>
        <translation>自定义列表</translation>
    </message>
    <message>
        <source>The augmentations, applied in this order.</source>
        <translation>按此顺序应用的增强。</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>How often every picture is seen.</source>
        <translation>每张图片看多少遍。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Step size of the stages; warm-up and cosine decay are applied.</source>
        <translation>各阶段的步长；带预热和余弦衰减。</translation>
    </message>
    <message>
        <source>Learning rate of the head</source>
        <translation>分类头的学习率</translation>
    </message>
    <message>
        <source>Step size of the last layer.</source>
        <translation>最后一层的步长。</translation>
    </message>
    <message>
        <source>Decay towards early stages</source>
        <translation>向前面阶段的衰减</translation>
    </message>
    <message>
        <source>Each earlier level is trained this much more slowly.</source>
        <translation>越靠前的层训练得越慢。</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批量</translation>
    </message>
    <message>
        <source>Pictures in one step.</source>
        <translation>每一步的图片数。</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Pulls weights towards zero (AdamW).</source>
        <translation>把权重拉向零（AdamW）。</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>Share of the steps in which the learning rate rises.</source>
        <translation>学习率上升所占的步数比例。</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>随机失活</translation>
    </message>
    <message>
        <source>Share of features left out at random before the head.</source>
        <translation>分类头之前随机舍弃的特征比例。</translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>标签平滑</translation>
    </message>
    <message>
        <source>Takes a little certainty from every label.</source>
        <translation>从每个标签中去掉一点确定性。</translation>
    </message>
    <message>
        <source>Mixup</source>
        <translation>Mixup</translation>
    </message>
    <message>
        <source>Strength of blending pictures; 0 is off, 0.2 is usual above a thousand pictures.</source>
        <translation>混合图片的强度；0 为关闭，一千张以上时常用 0.2。</translation>
    </message>
    <message>
        <source>CutMix</source>
        <translation>CutMix</translation>
    </message>
    <message>
        <source>Strength of pasting parts of pictures into others; 0 is off, 1 is usual.</source>
        <translation>把部分图片贴进其他图片的强度；0 为关闭，常用 1。</translation>
    </message>
    <message>
        <source>Weight average</source>
        <translation>权重平均</translation>
    </message>
    <message>
        <source>Decay of the moving average of the weights; 0 is off, 0.999 is usual for long training.</source>
        <translation>权重滑动平均的衰减；0 为关闭，长时间训练常用 0.999。</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>耐心</translation>
    </message>
    <message>
        <source>Epochs without a better validation before training ends early; 0 is never. The best epoch is kept.</source>
        <translation>验证结果多少轮没有变好就提前结束；0 表示从不。保留最佳的一轮。</translation>
    </message>
    <message>
        <source>Balance classes</source>
        <translation>平衡类别</translation>
    </message>
    <message>
        <source>Rare classes count as much as common ones.</source>
        <translation>少见的类别与常见的同等重要。</translation>
    </message>
    <message>
        <source>Use given probabilities</source>
        <translation>使用给定的概率</translation>
    </message>
    <message>
        <source>Learn from the probability of each label, where the data have one.</source>
        <translation>数据带有标签概率时，从概率中学习。</translation>
    </message>
    <message>
        <source>Batch normalisation</source>
        <translation>批归一化</translation>
    </message>
    <message>
        <source>What becomes of the running statistics.</source>
        <translation>怎样处理运行统计量。</translation>
    </message>
    <message>
        <source>Folded into the weights</source>
        <translation>并入权重</translation>
    </message>
    <message>
        <source>Fastest, and right for small data.</source>
        <translation>最快，适合少量数据。</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>Trained</source>
        <translation>参与训练</translation>
    </message>
    <message>
        <source>For large batches and many pictures.</source>
        <translation>适合大批量和大量图片。</translation>
    </message>
    <message>
        <source>Another seed trains a replicate.</source>
        <translation>换一个种子会得到一次重复训练。</translation>
    </message>
    <message>
        <source>The network has no stage &quot;{name}&quot; to begin with.</source>
        <translation>网络没有可作为起点的阶段“{name}”。</translation>
    </message>
    <message>
        <source>Its stages are {names}; the first one cannot be chosen.</source>
        <translation>它的阶段有 {names}；第一个不能选。</translation>
    </message>
    <message>
        <source>Computing the fixed stages</source>
        <translation>正在计算固定的阶段</translation>
    </message>
    <message>
        <source>Fitting the head</source>
        <translation>正在拟合分类头</translation>
    </message>
    <message>
        <source>Fine-tune</source>
        <translation>微调</translation>
    </message>
    <message>
        <source>Trains a pretrained network on your pictures; the best epoch is kept and an interrupted training goes on.</source>
        <translation>在您的图片上训练预训练网络；保留最佳的一轮，中断的训练可以继续。</translation>
    </message>
    <message>
        <source>The features do not belong to these pictures.</source>
        <translation>特征与这些图片不对应。</translation>
    </message>
    <message>
        <source>Connect the data set that the Embed block was given, split or labelled as you like.</source>
        <translation>请连接“提取特征”模块所用的数据集，划分和标签可以不同。</translation>
    </message>
    <message>
        <source>Features of all pictures, from the Embed block.</source>
        <translation>“提取特征”模块给出的全部图片的特征。</translation>
    </message>
    <message>
        <source>The same pictures with labels and parts.</source>
        <translation>同样的图片，带标签和所属部分。</translation>
    </message>
    <message>
        <source>The backbone with the trained linear head.</source>
        <translation>带有训练好的线性分类头的骨干网络。</translation>
    </message>
    <message>
        <source>Probabilities for every picture.</source>
        <translation>每张图片的概率。</translation>
    </message>
    <message>
        <source>Regularisation</source>
        <translation>正则化</translation>
    </message>
    <message>
        <source>How the strength is chosen.</source>
        <translation>怎样选择强度。</translation>
    </message>
    <message>
        <source>By cross-validation</source>
        <translation>交叉验证</translation>
    </message>
    <message>
        <source>Fixed</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>C</source>
        <translation>C</translation>
    </message>
    <message>
        <source>Weight of the data against the penalty; smaller is more regularised.</source>
        <translation>数据相对于惩罚的权重；越小正则化越强。</translation>
    </message>
    <message>
        <source>Parts of the inner cross-validation.</source>
        <translation>内部交叉验证的份数。</translation>
    </message>
    <message>
        <source>Learn from the probability of each label instead of the most probable class.</source>
        <translation>从每个标签的概率学习，而不是只用最可能的类别。</translation>
    </message>
    <message>
        <source>These features do not say which network made them.</source>
        <translation>这些特征没有说明由哪个网络计算。</translation>
    </message>
    <message>
        <source>Use features of the Embed block.</source>
        <translation>请使用“提取特征”模块的特征。</translation>
    </message>
    <message>
        <source>Linear probe</source>
        <translation>线性探测</translation>
    </message>
    <message>
        <source>Trains logistic regression on features: seconds, and the best choice with few labels. Pictures with several labels get one yes or no for each class.</source>
        <translation>在特征上训练逻辑回归：只需几秒，标签少时是最佳选择。多标签图片的每个类别各得到一个“是或否”。</translation>
    </message>
    <message>
        <source>Fitting the classes</source>
        <translation>正在拟合各类别</translation>
    </message>
    <message>
        <source>The network has no last layer.</source>
        <translation>网络没有最后一层。</translation>
    </message>
    <message>
        <source>Report this as a defect.</source>
        <translation>请把它作为缺陷报告。</translation>
    </message>
    <message>
        <source>Run app/setup/install, which fetches them, or give a weight file (.safetensors or .pth) of your own.</source>
        <translation>请运行 app/setup/install 来获取，或给出自己的权重文件（.safetensors 或 .pth）。</translation>
    </message>
    <message>
        <source>Choose an EfficientNet-Lite, whose weights come with Patchbay, or give a weight file (.safetensors or .pth) of your own.</source>
        <translation>请选择 EfficientNet-Lite，其权重随 Patchbay 提供，或给出自己的权重文件（.safetensors 或 .pth）。</translation>
    </message>
    <message>
        <source>Ask for &quot;export_preview&quot;.</source>
        <translation>请使用 &quot;export_preview&quot;。</translation>
    </message>
    <message>
        <source>The picture&apos;s size and its pixels do not fit each other.</source>
        <translation>图片的尺寸与像素数不符。</translation>
    </message>
    <message>
        <source>Give width * height * 3 bytes.</source>
        <translation>请给出 宽 × 高 × 3 个字节。</translation>
    </message>
    <message>
        <source>Ask for &quot;try&quot; or &quot;warm&quot;.</source>
        <translation>请使用 &quot;try&quot; 或 &quot;warm&quot;。</translation>
    </message>
    <message>
        <source>Choose a trained model, or the folder that the Export block wrote.</source>
        <translation>请选择训练好的模型，或“导出”模块写出的文件夹。</translation>
    </message>
    <message>
        <source>It is not known which network computed these features.</source>
        <translation>不知道这些特征由哪个网络计算。</translation>
    </message>
    <message>
        <source>Compute them with an Embed block.</source>
        <translation>请用“提取特征”模块计算。</translation>
    </message>
    <message>
        <source>The features do not fit what was stored about the training pictures.</source>
        <translation>特征与所存的训练图片信息不符。</translation>
    </message>
    <message>
        <source>The pictures with their true labels and parts.</source>
        <translation>带真实标签和所属部分的图片。</translation>
    </message>
    <message>
        <source>What this model said of the pictures.</source>
        <translation>这个模型对图片的判断。</translation>
    </message>
    <message>
        <source>Heat maps</source>
        <translation>热力图</translation>
    </message>
    <message>
        <source>Where the evidence lies, a map for each picture.</source>
        <translation>依据所在的位置，每张图片一幅。</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>拼图</translation>
    </message>
    <message>
        <source>The pictures with their heat maps, side by side.</source>
        <translation>图片与其热力图并排。</translation>
    </message>
    <message>
        <source>Which pictures are shown.</source>
        <translation>显示哪些图片。</translation>
    </message>
    <message>
        <source>Least certain</source>
        <translation>最没把握的</translation>
    </message>
    <message>
        <source>Most certain</source>
        <translation>最有把握的</translation>
    </message>
    <message>
        <source>Evidence for</source>
        <translation>依据针对</translation>
    </message>
    <message>
        <source>Which class the heat speaks for.</source>
        <translation>热力图表示哪个类别的依据。</translation>
    </message>
    <message>
        <source>The predicted class</source>
        <translation>预测的类别</translation>
    </message>
    <message>
        <source>The true class</source>
        <translation>真实的类别</translation>
    </message>
    <message>
        <source>Which part of the data the pictures come from.</source>
        <translation>图片取自数据的哪个部分。</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>How many pictures are shown.</source>
        <translation>显示多少张图片。</translation>
    </message>
    <message>
        <source>Looking for the evidence</source>
        <translation>正在寻找依据</translation>
    </message>
    <message>
        <source>Connect the predictions of this very model.</source>
        <translation>请连接这个模型自己的预测。</translation>
    </message>
    <message>
        <source>Activation maps</source>
        <translation>激活图</translation>
    </message>
    <message>
        <source>Shows where in a picture the evidence for its class lies, for the worst mistakes or others.</source>
        <translation>显示图片中类别的依据在哪里，可看最严重的错误或其他图片。</translation>
    </message>
    <message>
        <source>One row for each picture.</source>
        <translation>每张图片一行。</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>分布图</translation>
    </message>
    <message>
        <source>A point for each picture, like pictures side by side.</source>
        <translation>每张图片一个点，相似的图片靠在一起。</translation>
    </message>
    <message>
        <source>How many of the most alike pictures are kept together: few show detail, many the whole.</source>
        <translation>把多少张最相似的图片保持在一起：少则显示细节，多则显示整体。</translation>
    </message>
    <message>
        <source>Most pictures</source>
        <translation>最多图片数</translation>
    </message>
    <message>
        <source>Of more pictures than this, so many are drawn, spread over all.</source>
        <translation>超过这个数时，均匀取这么多张来绘制。</translation>
    </message>
    <message>
        <source>Drawing the map</source>
        <translation>正在绘制分布图</translation>
    </message>
    <message>
        <source>Map of pictures</source>
        <translation>图片分布图</translation>
    </message>
    <message>
        <source>Draws every picture as a point, like ones side by side: shows groups, outliers and wrong labels.</source>
        <translation>把每张图片画成一个点，相似的靠在一起：可看出群组、离群点和错误标签。</translation>
    </message>
    <message>
        <source>{n} picture(s) are too few for a map.</source>
        <translation>{n} 张图片太少，画不出分布图。</translation>
    </message>
    <message>
        <source>Give at least 4.</source>
        <translation>至少需要 4 张。</translation>
    </message>
    <message>
        <source>Of an Evaluate block.</source>
        <translation>来自“评估”模块。</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>The drawing, as SVG.</source>
        <translation>图，SVG 格式。</translation>
    </message>
    <message>
        <source>What is drawn. Curves are of the positive class, or of each class where there are more.</source>
        <translation>画什么。曲线针对正类；类别更多时每类一条。</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>ROC curve</source>
        <translation>ROC 曲线</translation>
    </message>
    <message>
        <source>Precision and recall</source>
        <translation>精确率和召回率</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>The report holds nothing to draw this figure from.</source>
        <translation>报告中没有可画这张图的内容。</translation>
    </message>
    <message>
        <source>Connect the report of an Evaluate block whose test part has every class, or choose another figure.</source>
        <translation>请连接测试部分包含每个类别的“评估”模块的报告，或选择另一种图。</translation>
    </message>
    <message>
        <source>Draws the confusion matrix, ROC, precision-recall or calibration curve of an evaluation.</source>
        <translation>画出评估的混淆矩阵、ROC、精确率-召回率或校准曲线。</translation>
    </message>
    <message>
        <source>Labelled training pictures kept of each class. Where pictures have several labels, a class may get more: those kept for another class.</source>
        <translation>每个类别保留多少张有标签的训练图片。一张图片可有多个标签时，某个类别可能更多：为其他类别保留的图片也算在内。</translation>
    </message>
    <message>
        <source>The pictures of the project with their labels.</source>
        <translation>项目的图片及其标签。</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>修订</translation>
    </message>
    <message>
        <source>&quot;newest&quot;, or a revision&apos;s name, number or id: then it stays what it is.</source>
        <translation>“newest”（最新），或某个修订的名称、编号或标识：这样它就保持不变。</translation>
    </message>
    <message>
        <source>With suggestions</source>
        <translation>包括建议</translation>
    </message>
    <message>
        <source>Takes what models suggested as well, not only what people and imports said.</source>
        <translation>也采用模型的建议，而不仅是人和导入给出的标注。</translation>
    </message>
    <message>
        <source>This block takes the data of a project, and there is none here.</source>
        <translation>此模块使用项目的数据，而这里没有项目。</translation>
    </message>
    <message>
        <source>Run the pipeline in a project; to work with files, use Picture folder or Picture table.</source>
        <translation>请在项目中运行流程；若要使用文件，请用“图片文件夹”或“图片表格”。</translation>
    </message>
    <message>
        <source>There are no pictures in this revision.</source>
        <translation>这个修订中没有图片。</translation>
    </message>
    <message>
        <source>Import pictures into the project, or choose another revision.</source>
        <translation>请把图片导入项目，或选择另一个修订。</translation>
    </message>
    <message>
        <source>The run was cancelled.</source>
        <translation>运行已取消。</translation>
    </message>
    <message>
        <source>Run it again.</source>
        <translation>请再运行一次。</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>The pictures of this project as they are now, or as they were in a revision.</source>
        <translation>本项目现在的图片，或某个修订中的图片。</translation>
    </message>
    <message>
        <source>The pictures with their labels; needed only where pictures have several labels.</source>
        <translation>带标签的图片；仅当一张图片可有多个标签时才需要。</translation>
    </message>
    <message>
        <source>Models of several labels a picture can be compared only with the labels of the pictures.</source>
        <translation>一张图片有多个标签的模型，只有知道图片的标签才能比较。</translation>
    </message>
    <message>
        <source>Connect the data set to the input Data.</source>
        <translation>请把数据集连接到“数据”输入。</translation>
    </message>
    <message>
        <source>Pictures with labels, by one or several people.</source>
        <translation>带标签的图片，由一人或多人标注。</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Rare and missing classes, and pictures of which people say different things.</source>
        <translation>稀少和缺失的类别，以及各人标注不一致的图片。</translation>
    </message>
    <message>
        <source>Rare</source>
        <translation>稀少</translation>
    </message>
    <message>
        <source>A class is rare below this share of the largest class.</source>
        <translation>低于最大类别的这一比例即为稀少类别。</translation>
    </message>
    <message>
        <source>Fewest pictures</source>
        <translation>最少图片数</translation>
    </message>
    <message>
        <source>A class with fewer pictures than this is rare, whatever the others have.</source>
        <translation>图片少于此数的类别即为稀少，无论其他类别有多少。</translation>
    </message>
    <message>
        <source>Most listed</source>
        <translation>最多列出</translation>
    </message>
    <message>
        <source>So many findings of each kind are listed, the surest first.</source>
        <translation>每种发现最多列出这么多，最确定的排在最前。</translation>
    </message>
    <message>
        <source>The class has no labelled picture.</source>
        <translation>该类别没有已标注的图片。</translation>
    </message>
    <message>
        <source>The class has {n} picture(s), the largest has {largest}: it will be learned badly.</source>
        <translation>该类别有 {n} 张图片，最大的类别有 {largest} 张：它将学得不好。</translation>
    </message>
    <message>
        <source>No training picture is of this class, so that it cannot be learned.</source>
        <translation>训练图片中没有这个类别，因此无法学习。</translation>
    </message>
    <message>
        <source>The class lies in no picture of the {part} part, so that nothing is said about it.</source>
        <translation>{part} 部分没有该类别的图片，因此无法对它作出评价。</translation>
    </message>
    <message>
        <source>{first} says {label}, {second} says {other}.</source>
        <translation>{first} 认为是 {label}，{second} 认为是 {other}。</translation>
    </message>
    <message>
        <source>Check labels</source>
        <translation>检查标签</translation>
    </message>
    <message>
        <source>Finds rare and missing classes, and pictures that people labelled differently.</source>
        <translation>找出稀少和缺失的类别，以及各人标注不同的图片。</translation>
    </message>
    <message>
        <source>Of &quot;Suspect labels&quot;, &quot;Near-duplicates&quot;, &quot;Check labels&quot; and &quot;Unlike your data&quot;.</source>
        <translation>来自“可疑标签”、“近似重复”、“检查标签”和“与您的数据不同”。</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>All that should be looked at, in one list.</source>
        <translation>所有应当查看的内容，合为一个列表。</translation>
    </message>
    <message>
        <source>Joins what several blocks found in the data into one report to work through.</source>
        <translation>把多个模块在数据中的发现合并为一份可逐项处理的报告。</translation>
    </message>
    <message>
        <source>The pictures, with their parts where there are.</source>
        <translation>图片，若有划分则带所属部分。</translation>
    </message>
    <message>
        <source>Features of the pictures: finds doubles that are cropped or lit differently as well.</source>
        <translation>图片的特征：也能找出裁剪或光照不同的重复图片。</translation>
    </message>
    <message>
        <source>Near-duplicates</source>
        <translation>近似重复</translation>
    </message>
    <message>
        <source>Pictures that show the same, those in different parts and of different classes first.</source>
        <translation>内容相同的图片，位于不同部分和属于不同类别的排在最前。</translation>
    </message>
    <message>
        <source>The same pictures, near-duplicates in one group, so that Split keeps them in one part.</source>
        <translation>同样的图片，近似重复归为一组，使“划分”把它们留在同一部分。</translation>
    </message>
    <message>
        <source>Alike</source>
        <translation>相似程度</translation>
    </message>
    <message>
        <source>So many groups of each kind are listed, the surest first.</source>
        <translation>每种最多列出这么多组，最确定的排在最前。</translation>
    </message>
    <message>
        <source>There are more pictures than can be compared.</source>
        <translation>图片数量超出可比较的上限。</translation>
    </message>
    <message>
        <source>Compare parts of the data.</source>
        <translation>请分部分比较数据。</translation>
    </message>
    <message>
        <source>Looking for pictures that may be alike</source>
        <translation>正在寻找可能相同的图片</translation>
    </message>
    <message>
        <source>Connect the data set that the Embed block was given.</source>
        <translation>请连接“嵌入”模块所用的数据集。</translation>
    </message>
    <message>
        <source>Comparing pictures</source>
        <translation>正在比较图片</translation>
    </message>
    <message>
        <source>{n} pictures show the same ({percent} %), lie in different parts and have different labels.</source>
        <translation>{n} 张图片内容相同（{percent} %），位于不同部分且标签不同。</translation>
    </message>
    <message>
        <source>{n} pictures show the same ({percent} %) and lie in different parts: the test knows what was learned.</source>
        <translation>{n} 张图片内容相同（{percent} %）且位于不同部分：测试中出现了学过的内容。</translation>
    </message>
    <message>
        <source>{n} pictures show the same ({percent} %) and have different labels.</source>
        <translation>{n} 张图片内容相同（{percent} %），但标签不同。</translation>
    </message>
    <message>
        <source>{n} files are the same, byte for byte.</source>
        <translation>{n} 个文件逐字节相同。</translation>
    </message>
    <message>
        <source>{n} pictures show the same ({percent} %).</source>
        <translation>{n} 张图片内容相同（{percent} %）。</translation>
    </message>
    <message>
        <source>Finds pictures that show the same, re-encoded, resized or cropped, and those that leak from training into the test.</source>
        <translation>找出重新编码、缩放或裁剪后内容相同的图片，以及从训练泄漏到测试的图片。</translation>
    </message>
    <message>
        <source>It is less alike the others than {percent} % of the pictures are.</source>
        <translation>它与其他图片的相似程度低于 {percent} % 的图片。</translation>
    </message>
    <message>
        <source>The same pictures with their labels.</source>
        <translation>同样的图片及其标签。</translation>
    </message>
    <message>
        <source>Suspect labels</source>
        <translation>可疑标签</translation>
    </message>
    <message>
        <source>The labels that are most likely wrong, each with the class that the pictures speak for.</source>
        <translation>最可能有误的标签，并给出图片所支持的类别。</translation>
    </message>
    <message>
        <source>Probabilities of each labelled picture by a model that did not learn from it.</source>
        <translation>由没有学过该图片的模型给出的每张已标注图片的概率。</translation>
    </message>
    <message>
        <source>So many models are trained, each without the pictures it judges.</source>
        <translation>训练这么多个模型，每个都不使用它所评判的图片。</translation>
    </message>
    <message>
        <source>Rounds</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>In each further round the models learn without what was suspected before, so that wrong labels teach nothing.</source>
        <translation>之后每一轮中，模型不再学习先前可疑的图片，使错误标签不起作用。</translation>
    </message>
    <message>
        <source>So many suspect labels are listed, the surest first.</source>
        <translation>最多列出这么多可疑标签，最确定的排在最前。</translation>
    </message>
    <message>
        <source>There are too few labelled pictures to judge labels by each other.</source>
        <translation>已标注的图片太少，无法互相评判标签。</translation>
    </message>
    <message>
        <source>Label at least two pictures of two classes.</source>
        <translation>请至少为两个类别各标注两张图片。</translation>
    </message>
    <message>
        <source>Models that did not see this picture give its label {percent} %.</source>
        <translation>没有见过这张图片的模型给它的标签 {percent} %。</translation>
    </message>
    <message>
        <source>Finds labels that are likely wrong: models that did not see a picture contradict its label.</source>
        <translation>找出可能有误的标签：没有见过图片的模型与其标签相矛盾。</translation>
    </message>
    <message>
        <source>A class has too few pictures, or all of them in one group, so that no model can be trained without them.</source>
        <translation>某个类别的图片太少，或全部在同一组中，因此无法在排除它们的情况下训练模型。</translation>
    </message>
    <message>
        <source>Label more pictures of each class, or leave the class out.</source>
        <translation>请为每个类别标注更多图片，或去掉该类别。</translation>
    </message>
    <message>
        <source>How well pictures must agree, as a whole and everywhere, once one is laid over the other.</source>
        <translation>一张叠在另一张上后，图片在整体和各处必须一致的程度。</translation>
    </message>
    <message>
        <source>Averaged views</source>
        <translation>取平均的视图</translation>
    </message>
    <message>
        <source>The mean over several views of a picture is a little more accurate and takes as many times as long. Choose only what leaves the class unchanged. The exported model looks at one view.</source>
        <translation>对一张图片的多个视图取平均会稍微更准确，耗时也按视图数成倍增加。只选择不会改变类别的视图。导出的模型只看一个视图。</translation>
    </message>
    <message>
        <source>The files of this export do not belong together.</source>
        <translation>此导出中的文件不属于同一个模型。</translation>
    </message>
    <message>
        <source>Export the model again.</source>
        <translation>请重新导出模型。</translation>
    </message>
    <message>
        <source>{path} has no int8 model.</source>
        <translation>{path} 中没有 int8 模型。</translation>
    </message>
    <message>
        <source>Turn on int8 in the Export block and run it again, or leave --precision out.</source>
        <translation>请在导出模块中打开 int8 并重新运行，或不使用 --precision。</translation>
    </message>
    <message>
        <source>Update Patchbay; the program that asked is newer than the worker.</source>
        <translation>请更新 Patchbay：提出请求的程序比工作进程新。</translation>
    </message>
    <message>
        <source>Labelling with the model&apos;s help has not begun.</source>
        <translation>尚未开始借助模型标注。</translation>
    </message>
    <message>
        <source>Ask for assist_open first.</source>
        <translation>请先请求 assist_open。</translation>
    </message>
    <message>
        <source>There is no way &quot;{name}&quot; to choose the next picture.</source>
        <translation>没有名为“{name}”的选图方式。</translation>
    </message>
    <message>
        <source>Use auto, typiclust, margin, dropquery or random.</source>
        <translation>请使用 auto、typiclust、margin、dropquery 或 random。</translation>
    </message>
    <message>
        <source>No point inside the picture says what is meant.</source>
        <translation>图片内没有任何点说明要选什么。</translation>
    </message>
    <message>
        <source>Click on the object.</source>
        <translation>请点击目标物体。</translation>
    </message>
    <message>
        <source>Pictures, some of them labelled or none.</source>
        <translation>图片，部分已标注或全未标注。</translation>
    </message>
    <message>
        <source>Of these pictures.</source>
        <translation>这些图片的特征。</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一批</translation>
    </message>
    <message>
        <source>Those that should be labelled next.</source>
        <translation>接下来应当标注的图片。</translation>
    </message>
    <message>
        <source>Reasons</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Why each of them, the most useful first.</source>
        <translation>选择每张图片的理由，最有用的在前。</translation>
    </message>
    <message>
        <source>How many to choose; they differ from each other.</source>
        <translation>选多少张；它们彼此不同。</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选取方式</translation>
    </message>
    <message>
        <source>What makes a picture worth a label.</source>
        <translation>什么样的图片值得标注。</translation>
    </message>
    <message>
        <source>Typical ones first, then unsure ones</source>
        <translation>先典型，后不确定</translation>
    </message>
    <message>
        <source>Typical of what has no label</source>
        <translation>未标注内容中的典型</translation>
    </message>
    <message>
        <source>The best with very few labels; needs none.</source>
        <translation>标签极少时最好；无需任何标签。</translation>
    </message>
    <message>
        <source>Between two classes</source>
        <translation>介于两类之间</translation>
    </message>
    <message>
        <source>Where the two most probable classes are nearest to each other.</source>
        <translation>最可能的两个类别概率最接近之处。</translation>
    </message>
    <message>
        <source>Easily talked out of it</source>
        <translation>容易动摇</translation>
    </message>
    <message>
        <source>Where the class changes when features are left out.</source>
        <translation>去掉部分特征后类别就改变之处。</translation>
    </message>
    <message>
        <source>At random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>To compare with, and to measure on.</source>
        <translation>用于对照和测量。</translation>
    </message>
    <message>
        <source>Another seed gives another choice among equals.</source>
        <translation>换一个种子会在同等图片中选出不同的图片。</translation>
    </message>
    <message>
        <source>Next pictures</source>
        <translation>下一批图片</translation>
    </message>
    <message>
        <source>Which pictures to label next, and why.</source>
        <translation>接下来标注哪些图片，以及为什么。</translation>
    </message>
    <message>
        <source>Pictures with boxes, outlines or masks.</source>
        <translation>带有边框、轮廓或掩膜的图片。</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>One picture for each region, labelled as it is; those of one picture stay in one part.</source>
        <translation>每个区域成为一张图片，标签不变；同一图片的区域留在同一部分。</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>边距</translation>
    </message>
    <message>
        <source>How much of the surroundings is cut out as well, as a share of the region&apos;s longer side.</source>
        <translation>一并裁下的周围范围，按区域较长边的比例计。</translation>
    </message>
    <message>
        <source>Smallest side</source>
        <translation>最小边长</translation>
    </message>
    <message>
        <source>Regions with a shorter side are left out.</source>
        <translation>边长更短的区域会被略去。</translation>
    </message>
    <message>
        <source>Around an outline</source>
        <translation>轮廓之外</translation>
    </message>
    <message>
        <source>What becomes of the pixels outside an outline or a mask.</source>
        <translation>轮廓或掩膜之外的像素如何处理。</translation>
    </message>
    <message>
        <source>Make grey</source>
        <translation>变为灰色</translation>
    </message>
    <message>
        <source>Run again to have all regions cut out.</source>
        <translation>再次运行即可裁出所有区域。</translation>
    </message>
    <message>
        <source>Cutting out regions</source>
        <translation>正在裁出区域</translation>
    </message>
    <message>
        <source>Cuts out boxes, outlines and masks, so that their labels train a classifier.</source>
        <translation>裁出边框、轮廓和掩膜，使其标签可用于训练分类器。</translation>
    </message>
    <message>
        <source>Also int8</source>
        <translation>同时导出 int8</translation>
    </message>
    <message>
        <source>int8 may lose</source>
        <translation>int8 允许的损失</translation>
    </message>
    <message>
        <source>Percentage points of accuracy on validation; when int8 loses more it is not saved.</source>
        <translation>验证集准确率的百分点；若 int8 损失更多，则不保存。</translation>
    </message>
    <message>
        <source>int8 needs the data set, to see what values the network meets.</source>
        <translation>int8 需要数据集，以了解网络会遇到哪些数值。</translation>
    </message>
    <message>
        <source>Connect it to the Export block, or turn int8 off.</source>
        <translation>请将其连接到导出模块，或关闭 int8。</translation>
    </message>
    <message>
        <source>The network&apos;s activations cannot be measured.</source>
        <translation>无法测量网络的激活值。</translation>
    </message>
    <message>
        <source>Export it without int8, and report this.</source>
        <translation>请不用 int8 导出，并报告此问题。</translation>
    </message>
    <message>
        <source>Looking for the ranges of activations</source>
        <translation>正在查找激活值的范围</translation>
    </message>
    <message>
        <source>Counting activations</source>
        <translation>正在统计激活值</translation>
    </message>
    <message>
        <source>int8 needs the pictures of the training split, and there are {n}.</source>
        <translation>int8 需要训练集的图片，而现有 {n} 张。</translation>
    </message>
    <message>
        <source>Connect the data behind the Split block, or turn int8 off.</source>
        <translation>请连接划分模块之后的数据，或关闭 int8。</translation>
    </message>
    <message>
        <source>Measuring fp32 on validation</source>
        <translation>正在验证集上测量 fp32</translation>
    </message>
    <message>
        <source>Measuring int8 on validation</source>
        <translation>正在验证集上测量 int8</translation>
    </message>
    <message>
        <source>Writes model_int8.onnx too: a quarter of the size, and faster on processors with VNNI. Its accuracy is measured on validation first.</source>
        <translation>同时写出 model_int8.onnx：大小约为四分之一，在带 VNNI 的处理器上更快。会先在验证集上测量其准确率。</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>How exactly the network computes.</source>
        <translation>网络计算的精确程度。</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>快速</translation>
    </message>
    <message>
        <source>Coarse maps in bfloat16 where this processor multiplies it (AVX512-BF16, AMX): a third faster, with features that are the same to three digits.</source>
        <translation>处理器支持 bfloat16 乘法（AVX512-BF16、AMX）时，粗分辨率的特征图用 bfloat16 计算：快约三分之一，特征前三位数字一致。</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>完整</translation>
    </message>
    <message>
        <source>All in 32-bit floating point.</source>
        <translation>全部使用 32 位浮点数。</translation>
    </message>
    <message>
        <source>Mark unlike pictures</source>
        <translation>标记不相似的图片</translation>
    </message>
    <message>
        <source>Writes what the training pictures look like to the network (features of up to 256 of them, not the pictures), so that the exported model marks pictures of something else. Needs the data.</source>
        <translation>写入训练图片在网络眼中的样子（最多 256 张的特征，而非图片本身），使导出的模型能标记内容不同的图片。需要数据。</translation>
    </message>
    <message>
        <source>&quot;{text}&quot; is no list of whole numbers from 1 to 1024.</source>
        <translation>“{text}”不是由 1 到 1024 的整数组成的列表。</translation>
    </message>
    <message>
        <source>Write them like this: 1, 2, 8</source>
        <translation>请这样书写：1, 2, 8</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Trained classifiers, measured as they would be exported.</source>
        <translation>训练好的分类器，按导出后的样子测量。</translation>
    </message>
    <message>
        <source>Its validation pictures say how accurate each model is; without it, an export says so itself.</source>
        <translation>用其验证图片得出每个模型的准确率；不连接时采用导出自身的记录。</translation>
    </message>
    <message>
        <source>Times by batch, threads and precision, size and accuracy of each model.</source>
        <translation>每个模型按批量、线程数和精度的耗时，以及大小和准确率。</translation>
    </message>
    <message>
        <source>Accuracy against time or size, the front marked.</source>
        <translation>准确率与耗时或大小的关系，标出前沿。</translation>
    </message>
    <message>
        <source>The same figures to read.</source>
        <translation>便于阅读的同样数字。</translation>
    </message>
    <message>
        <source>The most accurate model within the limit, as it came in: for an Export block.</source>
        <translation>限制之内最准确的模型，原样传出：可接到“导出”块。</translation>
    </message>
    <message>
        <source>Exports</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>An export, or a folder of several, measured beside the linked models. Empty: none.</source>
        <translation>一个导出，或含有多个导出的文件夹，与所连接的模型一同测量。留空：无。</translation>
    </message>
    <message>
        <source>Milliseconds a picture</source>
        <translation>每张图片毫秒数</translation>
    </message>
    <message>
        <source>One picture may take so long, 19 times of 20. 0: the most accurate model is taken, however slow.</source>
        <translation>一张图片在 20 次中有 19 次最多可用这么久。0：不论多慢，取最准确的模型。</translation>
    </message>
    <message>
        <source>Batches</source>
        <translation>批量</translation>
    </message>
    <message>
        <source>How many pictures are computed together; a single one is always measured.</source>
        <translation>一起计算多少张图片；单张总会测量。</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>Numbers of threads. Empty: one, and all the machine has.</source>
        <translation>线程数列表。留空：一个线程，以及本机的全部线程。</translation>
    </message>
    <message>
        <source>Seconds a row</source>
        <translation>每行秒数</translation>
    </message>
    <message>
        <source>For each pair of batch and threads, after warming up; ten runs at least.</source>
        <translation>对每一组批量与线程数，预热之后测量；至少运行十次。</translation>
    </message>
    <message>
        <source>Accuracy against</source>
        <translation>准确率对比</translation>
    </message>
    <message>
        <source>What the figure shows to the right.</source>
        <translation>图的横轴表示什么。</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>There is no model to measure.</source>
        <translation>没有可测量的模型。</translation>
    </message>
    <message>
        <source>Connect a trained model, or choose a folder of exports.</source>
        <translation>请连接一个训练好的模型，或选择一个含导出的文件夹。</translation>
    </message>
    <message>
        <source>There is no export in {path}.</source>
        <translation>{path} 中没有导出。</translation>
    </message>
    <message>
        <source>Choose the folder that the Export block wrote, or one that has several of them.</source>
        <translation>请选择“导出”块写出的文件夹，或包含多个导出的文件夹。</translation>
    </message>
    <message>
        <source>Measuring accuracy on validation</source>
        <translation>正在用验证图片测量准确率</translation>
    </message>
    <message>
        <source>None of the models takes at most {limit} ms for one picture; the quickest takes {ms} ms.</source>
        <translation>没有一个模型处理一张图片最多用 {limit} 毫秒；最快的需要 {ms} 毫秒。</translation>
    </message>
    <message>
        <source>Allow more time, train a smaller network, or one for smaller pictures.</source>
        <translation>请放宽时间，或训练更小的网络，或使用更小图片的网络。</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Says how fast, how large and how accurate models are on this machine, draws which of them are worth having, and takes the best one within a limit of time.</source>
        <translation>说明各模型在本机上有多快、多大、多准，画出哪些值得保留，并取时间限制内最好的一个。</translation>
    </message>
    <message>
        <source>Learning what your pictures look like</source>
        <translation>正在学习您的图片是什么样子</translation>
    </message>
    <message>
        <source>Ask for &quot;prepare&quot;, &quot;wand&quot; or &quot;grabcut&quot;.</source>
        <translation>请使用“prepare”、“wand”或“grabcut”。</translation>
    </message>
    <message>
        <source>The network has no features of its own below its answer.</source>
        <translation>该网络在给出结果之前没有自己的特征。</translation>
    </message>
    <message>
        <source>Export it without &quot;Mark unlike pictures&quot;.</source>
        <translation>请在不勾选“标记不相似的图片”的情况下导出。</translation>
    </message>
    <message>
        <source>This export knows nothing of the pictures it was trained on: pictures that are unlike them are not marked.</source>
        <translation>此导出不了解训练它的图片：与之不相似的图片不会被标记。</translation>
    </message>
    <message>
        <source>Trained classifiers, all served together.</source>
        <translation>训练好的分类器，一起提供服务。</translation>
    </message>
    <message>
        <source>What they were trained on, so that the service marks pictures that are unlike it.</source>
        <translation>训练所用的数据，使服务能标记与之不相似的图片。</translation>
    </message>
    <message>
        <source>What was prepared, and the command that serves it.</source>
        <translation>准备了什么，以及启动服务的命令。</translation>
    </message>
    <message>
        <source>Where the new folder is made. Empty: exports/ of the project.</source>
        <translation>在何处建立新文件夹。留空：项目的 exports/。</translation>
    </message>
    <message>
        <source>Name of the service and of its folder.</source>
        <translation>服务及其文件夹的名称。</translation>
    </message>
    <message>
        <source>Names of the models</source>
        <translation>模型名称</translation>
    </message>
    <message>
        <source>As requests call them, in the order of the links. Empty: what the models are called.</source>
        <translation>请求中使用的名称，按连接的顺序。留空：采用模型自己的名称。</translation>
    </message>
    <message>
        <source>Who may ask</source>
        <translation>谁可以请求</translation>
    </message>
    <message>
        <source>Programs of other machines only with a token, which is never in the folder.</source>
        <translation>其他机器上的程序只有凭令牌才能请求；令牌绝不放在该文件夹中。</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Other computers too, with a token</source>
        <translation>其他计算机也可，需要令牌</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Where requests are taken.</source>
        <translation>在此接收请求。</translation>
    </message>
    <message>
        <source>There are {n} names for {models} models.</source>
        <translation>{models} 个模型却有 {n} 个名称。</translation>
    </message>
    <message>
        <source>Give each linked model a name, or none of them.</source>
        <translation>请为每个所连接的模型各给一个名称，或全都不给。</translation>
    </message>
    <message>
        <source>Checking the models</source>
        <translation>正在检查模型</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; cannot be the name of a served model, or two are called so.</source>
        <translation>“{name}”不能作为所提供模型的名称，或有两个模型同名。</translation>
    </message>
    <message>
        <source>Give each a name of its own, without / and =.</source>
        <translation>请为每个模型取各自的名称，不含 / 和 =。</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Writes a folder with one or more models that `patchbay serve` answers requests with: start script, systemd unit and container file included.</source>
        <translation>写出一个含一个或多个模型的文件夹，供 `patchbay serve` 回答请求：附启动脚本、systemd 单元和容器文件。</translation>
    </message>
    <message>
        <source>Looking at brightness</source>
        <translation>正在查看亮度</translation>
    </message>
    <message>
        <source>How numbers are multiplied while training; weights are always kept in full.</source>
        <translation>训练时数字以何种精度相乘；权重始终以全精度保存。</translation>
    </message>
    <message>
        <source>As the device likes it</source>
        <translation>由设备决定</translation>
    </message>
    <message>
        <source>bfloat16 on a GPU, float elsewhere.</source>
        <translation>在 GPU 上用 bfloat16，其他情况用 float。</translation>
    </message>
    <message>
        <source>float</source>
        <translation>单精度（float）</translation>
    </message>
    <message>
        <source>bfloat16</source>
        <translation>半精度（bfloat16）</translation>
    </message>
    <message>
        <source>Half the memory; slow on a processor without instructions for it.</source>
        <translation>只用一半内存；在没有相应指令的处理器上较慢。</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>进程数</translation>
    </message>
    <message>
        <source>Processes that train together, each on its part of every batch: with a GPU each, or on several nodes of a cluster.</source>
        <translation>一起训练的进程，每个处理每批的一部分：可以各用一块 GPU，或分布在集群的多个节点上。</translation>
    </message>
</context>
<context>
    <name>canvas</name>
    <message>
        <source>%1 +</source>
        <translation>%1 +</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Nothing here fits this port. Press Enter to add a block that does.</source>
        <translation>这里没有适合此端口的内容。按 Enter 添加一个适合的模块。</translation>
    </message>
    <message>
        <source>Arrow keys choose a port, Enter links, Esc cancels.</source>
        <translation>方向键选择端口，Enter 连接，Esc 取消。</translation>
    </message>
    <message>
        <source>Both are inputs. An input takes the result of an output.</source>
        <translation>两个都是输入。输入要接受一个输出的结果。</translation>
    </message>
    <message>
        <source>Both are outputs. An output goes to an input.</source>
        <translation>两个都是输出。输出要连到输入。</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Move link</source>
        <translation>移动连线</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>断开</translation>
    </message>
    <message>
        <source>Duplicate {n} block(s)</source>
        <translation>再制 {n} 个模块</translation>
    </message>
    <message>
        <source>Move {n} block(s)</source>
        <translation>移动 {n} 个模块</translation>
    </message>
    <message>
        <source>Put block into link</source>
        <translation>把模块放进连线</translation>
    </message>
    <message>
        <source>Resize note</source>
        <translation>调整便签大小</translation>
    </message>
    <message>
        <source>Resize frame</source>
        <translation>调整框的大小</translation>
    </message>
    <message>
        <source>Write a note. Ctrl+Enter or a click beside it ends.</source>
        <translation>写一条便签。按 Ctrl+Enter 或点击旁边结束。</translation>
    </message>
    <message>
        <source>Text of the note</source>
        <translation>便签的文字</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation>画布</translation>
    </message>
    <message>
        <source>The pipeline. Arrow keys go from block to block, Alt with them along links, Ctrl with them move what is selected.</source>
        <translation>流程。方向键在模块之间移动，加 Alt 沿连线移动，加 Ctrl 移动选中的内容。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Add {block}</source>
        <translation>添加 {block}</translation>
    </message>
    <message>
        <source>Add note</source>
        <translation>添加便签</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Delete {n} part(s)</source>
        <translation>删除 {n} 个部分</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Delete note</source>
        <translation>删除便签</translation>
    </message>
    <message>
        <source>Write note</source>
        <translation>写便签</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>加框</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>For each</source>
        <translation>循环</translation>
    </message>
    <message>
        <source>Ungroup</source>
        <translation>取消分组</translation>
    </message>
    <message>
        <source>Bypass</source>
        <translation>旁路</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Align</source>
        <translation>对齐</translation>
    </message>
    <message>
        <source>Tidy</source>
        <translation>整理</translation>
    </message>
    <message>
        <source>Nothing takes the result of this block.</source>
        <translation>没有模块使用这个模块的结果。</translation>
    </message>
    <message>
        <source>Nothing goes into this block.</source>
        <translation>没有内容进入这个模块。</translation>
    </message>
    <message>
        <source>Choose a block with the arrow keys first, then press L to link it.</source>
        <translation>请先用方向键选择一个模块，再按 L 连接。</translation>
    </message>
    <message>
        <source>This block has no ports.</source>
        <translation>这个模块没有端口。</translation>
    </message>
    <message>
        <source>Take out of frame</source>
        <translation>移出框</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>bypassed</source>
        <translation>已旁路</translation>
    </message>
    <message>
        <source>takes from %1</source>
        <translation>来自 %1</translation>
    </message>
    <message>
        <source>goes to %1</source>
        <translation>去往 %1</translation>
    </message>
    <message>
        <source>Note: %1</source>
        <translation>便签：%1</translation>
    </message>
    <message>
        <source>Frame: %1</source>
        <translation>框：%1</translation>
    </message>
    <message>
        <source>Output %1. L links it.</source>
        <translation>输出 %1。按 L 连接。</translation>
    </message>
    <message>
        <source>Input %1. L links it.</source>
        <translation>输入 %1。按 L 连接。</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message numerus="yes">
        <source>%n block(s)</source>
        <translation>
            <numerusform>%n 个模块</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 %3</source>
        <translation>%1 / %2 %3</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>Done in %1</source>
        <translation>用时 %1</translation>
    </message>
    <message>
        <source>Needs settings</source>
        <translation>需要设置</translation>
    </message>
    <message>
        <source>Will run</source>
        <translation>将会运行</translation>
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation>等待轮到它</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>正在运行</translation>
    </message>
    <message>
        <source>Up to date</source>
        <translation>已是最新</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Does not run</source>
        <translation>不运行</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>查看详情</translation>
    </message>
    <message>
        <source>Add block...</source>
        <translation>添加模块…</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>剪切</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>再制</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete with links</source>
        <translation>连同连线删除</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Run to here</source>
        <translation>运行到这里</translation>
    </message>
    <message>
        <source>Help on this block</source>
        <translation>此模块的帮助</translation>
    </message>
    <message>
        <source>Link from this block</source>
        <translation>从此模块连线</translation>
    </message>
    <message>
        <source>Run for each value</source>
        <translation>对每个值运行</translation>
    </message>
    <message>
        <source>Leave group</source>
        <translation>离开组</translation>
    </message>
    <message>
        <source>Tidy up</source>
        <translation>整理布局</translation>
    </message>
    <message>
        <source>Align left edges</source>
        <translation>左对齐</translation>
    </message>
    <message>
        <source>Align right edges</source>
        <translation>右对齐</translation>
    </message>
    <message>
        <source>Align top edges</source>
        <translation>顶端对齐</translation>
    </message>
    <message>
        <source>Align bottom edges</source>
        <translation>底端对齐</translation>
    </message>
    <message>
        <source>Centre on a vertical line</source>
        <translation>沿竖线居中</translation>
    </message>
    <message>
        <source>Centre on a horizontal line</source>
        <translation>沿横线居中</translation>
    </message>
    <message>
        <source>Spread evenly across</source>
        <translation>水平均匀分布</translation>
    </message>
    <message>
        <source>Spread evenly down</source>
        <translation>竖直均匀分布</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation>实际大小</translation>
    </message>
    <message>
        <source>Fit all</source>
        <translation>适合全部</translation>
    </message>
    <message>
        <source>Fit selection</source>
        <translation>适合所选</translation>
    </message>
    <message>
        <source>This pipeline is open for reading only.</source>
        <translation>这个流程以只读方式打开。</translation>
    </message>
    <message>
        <source>Select something first.</source>
        <translation>请先选择内容。</translation>
    </message>
    <message>
        <source>Select one block first.</source>
        <translation>请先选择一个模块。</translation>
    </message>
    <message>
        <source>Select at least two blocks first.</source>
        <translation>请先选择至少两个模块。</translation>
    </message>
    <message>
        <source>Select at least three blocks first.</source>
        <translation>请先选择至少三个模块。</translation>
    </message>
    <message>
        <source>Select a group or frame first.</source>
        <translation>请先选择一个组或框。</translation>
    </message>
    <message>
        <source>No group is open.</source>
        <translation>没有打开的组。</translation>
    </message>
    <message>
        <source>Notes belong to the whole pipeline. Leave the group first.</source>
        <translation>便签属于整个流程。请先离开组。</translation>
    </message>
    <message>
        <source>Copied. Paste here, in another window or as text anywhere.</source>
        <translation>已复制。可粘贴到这里、另一个窗口，或作为文字粘贴到任何地方。</translation>
    </message>
    <message>
        <source>Select one block, frame or group to rename it.</source>
        <translation>请选择一个模块、框或组来重命名。</translation>
    </message>
    <message>
        <source>Select a group or frame to take it apart.</source>
        <translation>请选择一个组或框来拆开。</translation>
    </message>
    <message>
        <source>This pipeline is open for reading only. Save it under another name to change it.</source>
        <translation>这个流程以只读方式打开。要修改请另存为其他名称。</translation>
    </message>
    <message>
        <source>blocks</source>
        <translation>个模块</translation>
    </message>
    <message>
        <source>Outside of this group. Double-click to go there.</source>
        <translation>在此组之外。双击前往。</translation>
    </message>
    <message>
        <source>This block type is not installed: %1. The block is kept as it is and does not run.</source>
        <translation>没有安装这种模块：%1。模块会原样保留，但不运行。</translation>
    </message>
    <message>
        <source>Bypassed: what comes in goes out unchanged.</source>
        <translation>已旁路：进来的内容原样传出。</translation>
    </message>
    <message>
        <source>Muted: this block and what depends on it do not run.</source>
        <translation>已停用：此模块和依赖它的模块都不运行。</translation>
    </message>
    <message>
        <source>Name on the command line: %1</source>
        <translation>命令行中的名称：%1</translation>
    </message>
    <message>
        <source>unknown type</source>
        <translation>未知类型</translation>
    </message>
    <message>
        <source>Input %1 (%2)</source>
        <translation>输入 %1（%2）</translation>
    </message>
    <message>
        <source>Output %1 (%2)</source>
        <translation>输出 %1（%2）</translation>
    </message>
    <message>
        <source>Of %1</source>
        <translation>属于 %1</translation>
    </message>
    <message>
        <source>Takes several links.</source>
        <translation>可接受多条连线。</translation>
    </message>
    <message>
        <source>May stay open.</source>
        <translation>可以不连接。</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 到 %2</translation>
    </message>
    <message>
        <source>Runs once for each combination of these values.
%1</source>
        <translation>对这些值的每种组合运行一次。
%1</translation>
    </message>
    <message>
        <source>Open group</source>
        <translation>打开组</translation>
    </message>
    <message>
        <source>Keep in place when tidying</source>
        <translation>整理布局时保持原位</translation>
    </message>
    <message>
        <source>The block does not fit into this link: it was added beside it.</source>
        <translation>这个模块接不进这条连线：已加在旁边。</translation>
    </message>
    <message>
        <source>The pipeline was changed while it was being tidied up: nothing was moved.</source>
        <translation>整理布局期间流程被修改过：没有移动任何模块。</translation>
    </message>
    <message>
        <source>Everything is tidy already.</source>
        <translation>布局已经很整齐了。</translation>
    </message>
    <message>
        <source>Keep in place</source>
        <translation>保持原位</translation>
    </message>
    <message>
        <source>Kept in place: tidying up does not move this block.</source>
        <translation>保持原位：整理布局时不会移动这个模块。</translation>
    </message>
</context>
<context>
    <name>channel</name>
    <message>
        <source>The other process has gone.</source>
        <translation>另一个进程已经退出。</translation>
    </message>
    <message>
        <source>Run again.</source>
        <translation>请再运行一次。</translation>
    </message>
    <message>
        <source>The other process sent what cannot be read ({what}).</source>
        <translation>另一个进程发来的内容无法读取（{what}）。</translation>
    </message>
    <message>
        <source>Check that all programs of Patchbay are of one version, then run again.</source>
        <translation>请确认 Patchbay 的所有程序版本一致，然后再运行。</translation>
    </message>
    <message>
        <source>A message of {bytes} bytes is too large to send.</source>
        <translation>{bytes} 字节的消息太大，无法发送。</translation>
    </message>
    <message>
        <source>Ask for less at once.</source>
        <translation>请一次少请求一些。</translation>
    </message>
    <message>
        <source>The other process does not read its messages.</source>
        <translation>另一个进程没有读取消息。</translation>
    </message>
    <message>
        <source>Close it and start it again.</source>
        <translation>请关闭它再重新启动。</translation>
    </message>
    <message>
        <source>Wait, or close it and start it again.</source>
        <translation>请等待，或关闭它再重新启动。</translation>
    </message>
    <message>
        <source>The other process does not answer.</source>
        <translation>另一个进程没有回应。</translation>
    </message>
    <message>
        <source>The two programs do not understand each other (protocol {mine} here, {theirs} there).</source>
        <translation>两个程序无法互相理解（这里是协议 {mine}，那边是 {theirs}）。</translation>
    </message>
    <message>
        <source>Close all programs of Patchbay and start them again, so that all are of one version.</source>
        <translation>请关闭 Patchbay 的所有程序再重新启动，使版本一致。</translation>
    </message>
</context>
<context>
    <name>cli</name>
    <message>
        <source>{path} exists already and was not changed.</source>
        <translation>{path} 已经存在，没有改动。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请换一个名字。</translation>
    </message>
    <message>
        <source>There is no block &quot;{name}&quot;.</source>
        <translation>没有模块“{name}”。</translation>
    </message>
    <message>
        <source>`patchbay blocks` lists all.</source>
        <translation>`patchbay blocks` 会列出全部模块。</translation>
    </message>
    <message>
        <source>Did you mean &quot;{name}&quot;?</source>
        <translation>您是指“{name}”吗？</translation>
    </message>
    <message>
        <source>There is no pipeline file {path}.</source>
        <translation>没有流程文件 {path}。</translation>
    </message>
    <message>
        <source>Check the path; `patchbay new TEMPLATE FILE` makes one.</source>
        <translation>请检查路径；`patchbay new TEMPLATE FILE` 可以新建一个。</translation>
    </message>
    <message>
        <source>This folder is not a Patchbay project.</source>
        <translation>这个文件夹不是 Patchbay 项目。</translation>
    </message>
    <message>
        <source>Name the project: --project DIR. `patchbay run` prints where it keeps its own.</source>
        <translation>请指明项目：--project DIR。`patchbay run` 会显示它自己的项目位置。</translation>
    </message>
    <message>
        <source>There is no picture to look at.</source>
        <translation>没有可看的图片。</translation>
    </message>
    <message>
        <source>Name picture files, or a folder that has some.</source>
        <translation>请给出图片文件，或含有图片的文件夹。</translation>
    </message>
    <message>
        <source>The cluster does not answer: {said}</source>
        <translation>集群没有响应：{said}</translation>
    </message>
    <message>
        <source>Try `sinfo` there, and ask the cluster&apos;s administrators.</source>
        <translation>在那台机器上试试 `sinfo`，并询问集群管理员。</translation>
    </message>
    <message>
        <source>The cluster has no partition {name}.</source>
        <translation>集群中没有名为 {name} 的分区。</translation>
    </message>
    <message>
        <source>Choose one of those listed: `patchbay machines add ... --partition NAME`.</source>
        <translation>请选择上面列出的分区之一：`patchbay machines add ... --partition NAME`。</translation>
    </message>
    <message>
        <source>Pictures are named, and a folder to watch.</source>
        <translation>既指定了图片，又指定了要监视的文件夹。</translation>
    </message>
    <message>
        <source>Give one or the other.</source>
        <translation>请只指定其中之一。</translation>
    </message>
    <message>
        <source>A COCO file is written into a folder of results.</source>
        <translation>COCO 文件会写入结果文件夹。</translation>
    </message>
    <message>
        <source>Use --watch FOLDER --once, with --out for where.</source>
        <translation>请使用 --watch FOLDER --once，并用 --out 指定位置。</translation>
    </message>
    <message>
        <source>{path} is not an exported model with its pipeline.</source>
        <translation>{path} 不是带流程的导出模型。</translation>
    </message>
    <message>
        <source>Give the folder that the Export block wrote.</source>
        <translation>请指定导出模块写出的文件夹。</translation>
    </message>
    <message>
        <source>No block of the pipeline reads a folder or a table.</source>
        <translation>流程中没有读取文件夹或表格的模块。</translation>
    </message>
    <message>
        <source>Leave --data out.</source>
        <translation>请不要使用 --data。</translation>
    </message>
    <message>
        <source>The pipeline of the export does not run here.</source>
        <translation>导出中的流程无法在此运行。</translation>
    </message>
    <message>
        <source>See above; where the pictures lie elsewhere now, say so with --data.</source>
        <translation>请见上文；若图片现在位于别处，请用 --data 指定。</translation>
    </message>
    <message>
        <source>See above for what it needs.</source>
        <translation>所需条件见上文。</translation>
    </message>
    <message>
        <source>The pipeline ran, and made no such export.</source>
        <translation>流程已运行，但没有产生这样的导出。</translation>
    </message>
    <message>
        <source>Look at pipeline.json in the export.</source>
        <translation>请查看导出中的 pipeline.json。</translation>
    </message>
    <message>
        <source>The cluster would refuse its jobs: {said}</source>
        <translation>集群会拒绝它的作业：{said}</translation>
    </message>
    <message>
        <source>Add the machine again with what the cluster offers: --partition, --account, --time, --gres, --constraint, --memory.</source>
        <translation>请按集群提供的选项重新添加这台机器：--partition、--account、--time、--gres、--constraint、--memory。</translation>
    </message>
    <message>
        <source>The pipeline has no id by which its place could be remembered.</source>
        <translation>此流程没有可用来记住位置的 id。</translation>
    </message>
    <message>
        <source>Open and save it once in the Studio, or give it an &quot;id&quot;.</source>
        <translation>请在 Studio 中打开并保存一次,或给它加上“id”。</translation>
    </message>
    <message>
        <source>There are no texts in &quot;{language}&quot;.</source>
        <translation>没有“{language}”语言的文本。</translation>
    </message>
    <message>
        <source>Use en or zh_CN.</source>
        <translation>请使用 en 或 zh_CN。</translation>
    </message>
</context>
<context>
    <name>context</name>
    <message>
        <source>&quot;{name}&quot; cannot be exported from here: nothing may be written outside.</source>
        <translation>“{name}”不能从这里导出：不允许在外部写入。</translation>
    </message>
    <message>
        <source>Run the pipeline with `patchbay run`.</source>
        <translation>请用 `patchbay run` 运行流程。</translation>
    </message>
</context>
<context>
    <name>data</name>
    <message>
        <source>A stored data set is damaged ({what}).</source>
        <translation>存储的数据集已损坏（{what}）。</translation>
    </message>
    <message>
        <source>Run `patchbay gc` and then run the pipeline again; the pictures themselves are untouched.</source>
        <translation>请运行 `patchbay gc`，再运行流程；图片本身没有受影响。</translation>
    </message>
    <message>
        <source>A stored value is of the type {found}, where {wanted} belongs.</source>
        <translation>存储的值类型是 {found}，这里需要 {wanted}。</translation>
    </message>
    <message>
        <source>Run the pipeline again, so that it is made anew.</source>
        <translation>请再次运行流程以重新生成。</translation>
    </message>
    <message>
        <source>A stored {type} was written by a newer Patchbay (form {found}; this version knows up to {known}).</source>
        <translation>存储的 {type} 由更新的 Patchbay 写入（格式 {found}；此版本最多认识到 {known}）。</translation>
    </message>
    <message>
        <source>Install the newer version to use it. Nothing was changed.</source>
        <translation>请安装新版本来使用它。没有做任何改动。</translation>
    </message>
    <message>
        <source>A stored {what} is damaged.</source>
        <translation>存储的 {what} 已损坏。</translation>
    </message>
    <message>
        <source>Run the pipeline again with `patchbay gc` before it, so that it is made anew.</source>
        <translation>请先运行 `patchbay gc`，再运行流程以重新生成。</translation>
    </message>
    <message>
        <source>The picture {path} is labelled &quot;{label}&quot;, which is not a class of this data set.</source>
        <translation>图片 {path} 的标签是“{label}”，它不是此数据集的类别。</translation>
    </message>
    <message>
        <source>Add the class to the data set, or correct the label.</source>
        <translation>请把该类别加入数据集，或改正标签。</translation>
    </message>
    <message>
        <source>This step needs data with one class for each picture; these are for the task &quot;{task}&quot;.</source>
        <translation>这一步需要每张图片一个类别的数据；这些数据的任务是“{task}”。</translation>
    </message>
    <message>
        <source>In the Picture table block choose one label column and &quot;Class names&quot;, or connect other data.</source>
        <translation>请在“图片表格”模块中选择一个标签列和“类别名称”，或连接其他数据。</translation>
    </message>
    <message>
        <source>The class &quot;{label}&quot; has no training picture.</source>
        <translation>类别“{label}”没有训练图片。</translation>
    </message>
    <message>
        <source>Add at least two pictures of it, or remove the class.</source>
        <translation>请至少添加两张该类图片，或去掉该类别。</translation>
    </message>
    <message>
        <source>All training pictures have the class &quot;{label}&quot;.</source>
        <translation>所有训练图片都属于类别“{label}”。</translation>
    </message>
    <message>
        <source>A classifier needs pictures without it as well: add some, or remove the class.</source>
        <translation>分类器也需要不属于它的图片：请添加一些，或去掉该类别。</translation>
    </message>
    <message>
        <source>The class &quot;{label}&quot; has one training picture, which is too little to learn it from or to trust its figures. Add pictures of it, or remove the class.</source>
        <translation>类别“{label}”只有一张训练图片，既不足以学习，指标也不可信。请添加该类图片，或去掉该类别。</translation>
    </message>
    <message>
        <source>There is no labelled picture to learn from.</source>
        <translation>没有可供学习的带标签图片。</translation>
    </message>
    <message>
        <source>Put the pictures into one folder per class, or label some of them first.</source>
        <translation>请把图片按类别放进文件夹，或先标注一些。</translation>
    </message>
    <message>
        <source>All training pictures belong to one class, &quot;{label}&quot;.</source>
        <translation>所有训练图片都属于同一类别“{label}”。</translation>
    </message>
    <message>
        <source>A classifier needs at least two classes: add pictures of another one.</source>
        <translation>分类器至少需要两个类别：请添加另一类的图片。</translation>
    </message>
    <message>
        <source>The quotation mark opened in line {line} is never closed.</source>
        <translation>第 {line} 行的引号没有闭合。</translation>
    </message>
    <message>
        <source>Correct that line of the table.</source>
        <translation>请改正表格的这一行。</translation>
    </message>
    <message>
        <source>A newer request replaced this one.</source>
        <translation>一个更新的请求取代了它。</translation>
    </message>
    <message>
        <source>Nothing needs to be done.</source>
        <translation>不需要做任何事。</translation>
    </message>
    <message>
        <source>{n} file(s) cannot be read as pictures and will be left out.</source>
        <translation>{n} 个文件无法作为图片读取，将被略过。</translation>
    </message>
    <message>
        <source>{n} picture(s) are there more than once, byte for byte.</source>
        <translation>{n} 张图片重复，逐字节相同。</translation>
    </message>
    <message>
        <source>Only {n} picture(s) were opened in the time given; the others are counted by name.</source>
        <translation>在给定时间内只打开了 {n} 张图片；其余按名称计数。</translation>
    </message>
    <message>
        <source>There is only one class: nothing to tell apart.</source>
        <translation>只有一个类别：没有可区分的内容。</translation>
    </message>
    <message>
        <source>The class {class} has only {n} picture(s); results for it will be uncertain.</source>
        <translation>类别 {class} 只有 {n} 张图片；它的结果会不可靠。</translation>
    </message>
    <message>
        <source>The classes are very uneven: {class} has {n} picture(s), the largest more than ten times as many.</source>
        <translation>类别很不均衡：{class} 有 {n} 张图片，最大的类别超过其十倍。</translation>
    </message>
    <message>
        <source>{n} picture(s) of the table are not where it says.</source>
        <translation>表格中的 {n} 张图片不在所写的位置。</translation>
    </message>
    <message>
        <source>{path} does not exist.</source>
        <translation>{path} 不存在。</translation>
    </message>
    <message>
        <source>Choose it again; was it moved or renamed?</source>
        <translation>请重新选择；它是否被移动或改名了？</translation>
    </message>
    <message>
        <source>The folder holds more than {n} files.</source>
        <translation>文件夹里的文件超过 {n} 个。</translation>
    </message>
    <message>
        <source>Choose a smaller folder.</source>
        <translation>请选择小一些的文件夹。</translation>
    </message>
    <message>
        <source>The import was stopped.</source>
        <translation>导入已停止。</translation>
    </message>
    <message>
        <source>Run again to go on.</source>
        <translation>再运行一次即可继续。</translation>
    </message>
    <message>
        <source>Reading files</source>
        <translation>正在读取文件</translation>
    </message>
    <message>
        <source>Checking pictures</source>
        <translation>正在检查图片</translation>
    </message>
    <message>
        <source>The folder {path} does not exist.</source>
        <translation>文件夹 {path} 不存在。</translation>
    </message>
    <message>
        <source>Choose the folder again; was it moved or renamed?</source>
        <translation>请重新选择文件夹；它是否被移动或改名了？</translation>
    </message>
    <message>
        <source>{path} is not a folder.</source>
        <translation>{path} 不是文件夹。</translation>
    </message>
    <message>
        <source>Choose the folder that holds the pictures.</source>
        <translation>请选择存放图片的文件夹。</translation>
    </message>
    <message>
        <source>None of the {n} file(s) is a picture that can be read.</source>
        <translation>{n} 个文件中没有一张可以读取的图片。</translation>
    </message>
    <message>
        <source>Choose a folder with JPEG, PNG, BMP, WebP or TIFF pictures.</source>
        <translation>请选择含有 JPEG、PNG、BMP、WebP 或 TIFF 图片的文件夹。</translation>
    </message>
    <message>
        <source>No file or folder was chosen.</source>
        <translation>没有选择文件或文件夹。</translation>
    </message>
    <message>
        <source>Choose one.</source>
        <translation>请选择一个。</translation>
    </message>
    <message>
        <source>{path} was changed meanwhile by {author}: it is now &quot;{value}&quot;.</source>
        <translation>{path} 已被 {author} 更改：现在是“{value}”。</translation>
    </message>
    <message>
        <source>Look at it again; nothing of this change was made.</source>
        <translation>请再看一下；这次更改全部没有进行。</translation>
    </message>
    <message>
        <source>A picture is not in the data set any more.</source>
        <translation>有一张图片已不在数据集中。</translation>
    </message>
    <message>
        <source>Somebody removed it meanwhile; undo brings it back.</source>
        <translation>有人已将它删除；撤销可以把它找回。</translation>
    </message>
    <message>
        <source>The class &quot;{name}&quot; has no name, or one that another has.</source>
        <translation>类别“{name}”没有名称，或与另一个同名。</translation>
    </message>
    <message>
        <source>Give every class a name of its own.</source>
        <translation>请给每个类别一个各不相同的名称。</translation>
    </message>
    <message>
        <source>{n} picture(s) carry the class &quot;{name}&quot;, which would be gone.</source>
        <translation>有 {n} 张图片属于类别“{name}”，而它将不复存在。</translation>
    </message>
    <message>
        <source>Give them another class first, or rename this one.</source>
        <translation>请先给它们另一个类别，或给这个类别改名。</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>没有可撤销的更改。</translation>
    </message>
    <message>
        <source>This is the empty beginning.</source>
        <translation>这已是空的起点。</translation>
    </message>
    <message>
        <source>There is nothing to do again.</source>
        <translation>没有可重做的更改。</translation>
    </message>
    <message>
        <source>Only what was just undone can be.</source>
        <translation>只有刚撤销的更改才能重做。</translation>
    </message>
    <message>
        <source>A revision cannot be called &quot;{name}&quot;.</source>
        <translation>修订不能叫“{name}”。</translation>
    </message>
    <message>
        <source>Use a name that is not &quot;newest&quot; and no number; the empty beginning has none.</source>
        <translation>请使用不是“newest”也不是数字的名称；空的起点没有名称。</translation>
    </message>
    <message>
        <source>Revision {number} is called &quot;{name}&quot; already.</source>
        <translation>修订 {number} 已叫“{name}”。</translation>
    </message>
    <message>
        <source>Choose another name, or take it from that one first.</source>
        <translation>请换一个名称，或先取消那个修订的名称。</translation>
    </message>
    <message>
        <source>A class has no name, or one that is not text in UTF-8.</source>
        <translation>有一个类别没有名称，或其名称不是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>Correct the list of classes.</source>
        <translation>请更正类别列表。</translation>
    </message>
    <message>
        <source>Correct it where it comes from, or leave this picture out.</source>
        <translation>请在来源处更正，或不要这张图片。</translation>
    </message>
    <message>
        <source>The id &quot;{id}&quot; is not 32 hexadecimal digits.</source>
        <translation>标识“{id}”不是 32 位十六进制数。</translation>
    </message>
    <message>
        <source>The size of a picture cannot be negative.</source>
        <translation>图片的大小不能是负数。</translation>
    </message>
    <message>
        <source>A group&apos;s name is not text in UTF-8.</source>
        <translation>有一个组的名称不是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>A label is not text in UTF-8.</source>
        <translation>有一个标签不是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>A score is not a number.</source>
        <translation>有一个分数不是数字。</translation>
    </message>
    <message>
        <source>A coordinate is not a number.</source>
        <translation>有一个坐标不是数字。</translation>
    </message>
    <message>
        <source>There is no kind of annotation called &quot;{kind}&quot;.</source>
        <translation>没有叫“{kind}”的标注种类。</translation>
    </message>
    <message>
        <source>Use class, box, rotated_box, polygon, mask, points, text or number.</source>
        <translation>请使用 class、box、rotated_box、polygon、mask、points、text 或 number。</translation>
    </message>
    <message>
        <source>There is no revision &quot;{which}&quot;.</source>
        <translation>没有修订“{which}”。</translation>
    </message>
    <message>
        <source>Give a number, a name, an id of `patchbay data log`, or &quot;newest&quot;.</source>
        <translation>请给出编号、名称、`patchbay data log` 中的标识，或“newest”。</translation>
    </message>
    <message>
        <source>The project&apos;s data set does not agree with itself ({what}).</source>
        <translation>项目的数据集自相矛盾（{what}）。</translation>
    </message>
    <message>
        <source>Restore data.db from the backups folder of the project or from your own backup.</source>
        <translation>请从项目的 backups 文件夹或您自己的备份恢复 data.db。</translation>
    </message>
    <message>
        <source>Preparing the data set</source>
        <translation>正在准备数据集</translation>
    </message>
    <message>
        <source>The two data sets were never one: they share no revision.</source>
        <translation>这两个数据集从来不是同一个：它们没有共同的修订。</translation>
    </message>
    <message>
        <source>Only copies of one project can be merged. Export the other one and import it here.</source>
        <translation>只有同一项目的副本才能合并。请导出另一个并在这里导入。</translation>
    </message>
    <message>
        <source>There is no data set of a project in {path}.</source>
        <translation>{path} 中没有项目的数据集。</translation>
    </message>
    <message>
        <source>Name the folder of the other copy of the project.</source>
        <translation>请给出项目另一个副本的文件夹。</translation>
    </message>
    <message>
        <source>The other copy was last used with an older Patchbay.</source>
        <translation>另一个副本上次是用较旧的 Patchbay 使用的。</translation>
    </message>
    <message>
        <source>Open it once with this version, then merge again.</source>
        <translation>请先用本版本打开它一次，然后再合并。</translation>
    </message>
    <message>
        <source>Items cannot be sorted by &quot;{by}&quot;.</source>
        <translation>不能按“{by}”排序。</translation>
    </message>
    <message>
        <source>Use added, path, time or score:&lt;name&gt;.</source>
        <translation>请使用 added、path、time 或 score:&lt;名称&gt;。</translation>
    </message>
    <message>
        <source>This search is not kept any more.</source>
        <translation>这次搜索的结果已不再保留。</translation>
    </message>
    <message>
        <source>Search again.</source>
        <translation>请重新搜索。</translation>
    </message>
    <message>
        <source>Pictures are being imported; until that has ended nothing else can be changed.</source>
        <translation>正在导入图片；导入结束之前不能进行其他更改。</translation>
    </message>
    <message>
        <source>Wait for the import to end, or cancel it, and try again.</source>
        <translation>请等导入结束或取消导入，然后重试。</translation>
    </message>
    <message>
        <source>This project has no data set yet.</source>
        <translation>此项目还没有数据集。</translation>
    </message>
    <message>
        <source>Import pictures into it first: `patchbay import PATH`.</source>
        <translation>请先导入图片：`patchbay import PATH`。</translation>
    </message>
    <message>
        <source>The project folder is read-only, so its data cannot be changed.</source>
        <translation>项目文件夹是只读的，因此不能更改其数据。</translation>
    </message>
    <message>
        <source>Copy the project to a folder of your own, or ask for write permission.</source>
        <translation>请把项目复制到自己的文件夹，或申请写入权限。</translation>
    </message>
    <message>
        <source>There is no revision {number}.</source>
        <translation>没有修订 {number}。</translation>
    </message>
    <message>
        <source>`patchbay data log` lists all revisions.</source>
        <translation>`patchbay data log` 列出所有修订。</translation>
    </message>
    <message>
        <source>There is no part called &quot;{split}&quot;.</source>
        <translation>没有叫“{split}”的部分。</translation>
    </message>
    <message>
        <source>Use train, validation, test or none.</source>
        <translation>请使用 train、validation、test 或 none。</translation>
    </message>
    <message>
        <source>This engine does not know the data request &quot;{name}&quot;.</source>
        <translation>此引擎不认识数据请求“{name}”。</translation>
    </message>
    <message>
        <source>Update Patchbay; the program that asked is newer than the engine.</source>
        <translation>请更新 Patchbay；发出请求的程序比引擎新。</translation>
    </message>
    <message>
        <source>It was not said where to.</source>
        <translation>没有说明写到哪里。</translation>
    </message>
    <message>
        <source>Name a folder or a .zip file.</source>
        <translation>请指定一个文件夹或 .zip 文件。</translation>
    </message>
    <message>
        <source>There is no data in this project yet.</source>
        <translation>此项目中还没有数据。</translation>
    </message>
    <message>
        <source>Nothing in {path} could be imported.</source>
        <translation>{path} 中没有任何内容可以导入。</translation>
    </message>
    <message>
        <source>Choose a folder or archive with pictures, or another format.</source>
        <translation>请选择包含图片的文件夹或压缩包，或选择其他格式。</translation>
    </message>
    <message>
        <source>It is not known yet which pictures are like this one.</source>
        <translation>还不知道哪些图片与这一张相似。</translation>
    </message>
    <message>
        <source>Run a pipeline with the blocks Data set and Embed first.</source>
        <translation>请先运行一个含“数据集”和“嵌入”模块的流程。</translation>
    </message>
    <message>
        <source>Labelling with the model&apos;s help has not begun.</source>
        <translation>尚未开始借助模型标注。</translation>
    </message>
    <message>
        <source>Ask for assist_open first.</source>
        <translation>请先请求 assist_open。</translation>
    </message>
    <message>
        <source>None of the {n} file(s) was found; the first was looked for at {path}.</source>
        <translation>{n} 个文件一个也没有找到；第一个文件的查找位置是 {path}。</translation>
    </message>
    <message>
        <source>Choose the folder that the names in the table start from.</source>
        <translation>请选择表格中的文件名所在的起始文件夹。</translation>
    </message>
</context>
<context>
    <name>disk</name>
    <message>
        <source>The disk of {folder} is full: {free} MB free.</source>
        <translation>{folder} 所在的磁盘已满：剩余 {free} MB。</translation>
    </message>
    <message>
        <source>Free at least {more} MB there; it goes on by itself.</source>
        <translation>请在该磁盘上至少再腾出 {more} MB；之后会自动继续。</translation>
    </message>
    <message>
        <source>The disk of {folder} is full: {free} MB free. Free at least {more} MB more; it goes on by itself.</source>
        <translation>{folder} 所在的磁盘已满：剩余 {free} MB。请至少再腾出 {more} MB；之后会自动继续。</translation>
    </message>
    <message>
        <source>Free at least {more} MB there, for example with `patchbay gc`, and run again; nothing was begun.</source>
        <translation>请在该磁盘上至少再腾出 {more} MB（例如用 `patchbay gc`），然后重新运行；什么都还没有开始。</translation>
    </message>
</context>
<context>
    <name>edit</name>
    <message>
        <source>A recorded change of the pipeline cannot be read ({what}).</source>
        <translation>记录的一处流程改动无法读取（{what}）。</translation>
    </message>
    <message>
        <source>What was recorded before it is kept; go on from there.</source>
        <translation>它之前记录的内容都保留；请从那里继续。</translation>
    </message>
    <message>
        <source>What is on the clipboard are not blocks of Patchbay.</source>
        <translation>剪贴板上的内容不是 Patchbay 的模块。</translation>
    </message>
    <message>
        <source>Copy blocks in a pipeline first, then paste them here.</source>
        <translation>请先在流程中复制模块，再粘贴到这里。</translation>
    </message>
    <message>
        <source>The copied blocks are damaged and cannot be pasted: {why}</source>
        <translation>复制的模块已损坏，无法粘贴：{why}</translation>
    </message>
    <message>
        <source>Copy them again from the pipeline they come from.</source>
        <translation>请从原来的流程重新复制。</translation>
    </message>
    <message>
        <source>These blocks were copied by a newer Patchbay.</source>
        <translation>这些模块由更新的 Patchbay 复制。</translation>
    </message>
    <message>
        <source>Update Patchbay here, or save the blocks as a pipeline and open that.</source>
        <translation>请更新这里的 Patchbay，或把模块保存成流程再打开。</translation>
    </message>
    <message>
        <source>The copied blocks cannot be told apart: two have the id {id}.</source>
        <translation>复制的模块无法区分：有两个的编号都是 {id}。</translation>
    </message>
    <message>
        <source>There are no blocks in what was copied.</source>
        <translation>复制的内容里没有模块。</translation>
    </message>
    <message>
        <source>Select blocks before copying.</source>
        <translation>请先选择模块再复制。</translation>
    </message>
    <message>
        <source>There is nothing to duplicate.</source>
        <translation>没有可以再制的内容。</translation>
    </message>
    <message>
        <source>Select one or more blocks first.</source>
        <translation>请先选择一个或多个模块。</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>没有可以撤销的操作。</translation>
    </message>
    <message>
        <source>There is nothing to do again.</source>
        <translation>没有可以重做的操作。</translation>
    </message>
    <message>
        <source>Make a change first.</source>
        <translation>请先做一处改动。</translation>
    </message>
    <message>
        <source>There is no group with the id {id}.</source>
        <translation>没有编号为 {id} 的组。</translation>
    </message>
    <message>
        <source>It may have been removed in the meantime; look again.</source>
        <translation>它可能刚刚被删除；请再看一下。</translation>
    </message>
    <message>
        <source>There is no block to put into a group.</source>
        <translation>没有可以放进组的模块。</translation>
    </message>
    <message>
        <source>Some of these blocks are inside &quot;{group}&quot; and some are not.</source>
        <translation>这些模块有的在“{group}”里，有的不在。</translation>
    </message>
    <message>
        <source>Select the whole group, or blocks of one group only.</source>
        <translation>请选择整个组，或只选择同一组的模块。</translation>
    </message>
    <message>
        <source>This pipeline is open in another window.</source>
        <translation>这个流程已在另一个窗口中打开。</translation>
    </message>
    <message>
        <source>Go on there, or close it there first.</source>
        <translation>请在那里继续，或先把它关闭。</translation>
    </message>
    <message>
        <source>These two ports are linked already.</source>
        <translation>这两个端口已经相连。</translation>
    </message>
    <message>
        <source>Link another port.</source>
        <translation>请连接另一个端口。</translation>
    </message>
    <message>
        <source>A block cannot be linked to itself.</source>
        <translation>模块不能连接到自己。</translation>
    </message>
    <message>
        <source>Link another block.</source>
        <translation>请连接另一个模块。</translation>
    </message>
    <message>
        <source>&quot;{from}&quot; needs the result of &quot;{to}&quot;, so &quot;{to}&quot; cannot wait for &quot;{from}&quot;.</source>
        <translation>“{from}”需要“{to}”的结果，所以“{to}”不能再等待“{from}”。</translation>
    </message>
    <message>
        <source>Remove one of the links between them first.</source>
        <translation>请先去掉它们之间的一条连线。</translation>
    </message>
    <message>
        <source>&quot;{from}&quot; is inside the loop &quot;{loop}&quot; and delivers one result a pass, but {input} takes a single one.</source>
        <translation>“{from}”在循环“{loop}”里，每一遍给出一个结果，而 {input} 只接受一个。</translation>
    </message>
    <message>
        <source>Move the other block into the loop, or link a block that takes several.</source>
        <translation>请把另一个模块移进循环，或连接一个接受多个结果的模块。</translation>
    </message>
    <message>
        <source>There is no block with the id {id}.</source>
        <translation>没有编号为 {id} 的模块。</translation>
    </message>
    <message>
        <source>The block type &quot;{type}&quot; is not installed, so its ports cannot be linked.</source>
        <translation>没有安装模块类型“{type}”，因此不能连接它的端口。</translation>
    </message>
    <message>
        <source>Install the pack it comes from.</source>
        <translation>请安装它所在的扩展包。</translation>
    </message>
    <message>
        <source>{block} has no input &quot;{port}&quot;.</source>
        <translation>{block} 没有输入“{port}”。</translation>
    </message>
    <message>
        <source>{block} has no output &quot;{port}&quot;.</source>
        <translation>{block} 没有输出“{port}”。</translation>
    </message>
    <message>
        <source>Choose one of the ports that are shown.</source>
        <translation>请选择显示出来的端口。</translation>
    </message>
    <message>
        <source>{input} reads {type} up to version {wanted}, but gets version {given}.</source>
        <translation>{input} 最高能读取 {type} 的第 {wanted} 版，得到的却是第 {given} 版。</translation>
    </message>
    <message>
        <source>Update the pack this block comes from.</source>
        <translation>请更新此模块所在的扩展包。</translation>
    </message>
    <message>
        <source>{input} takes {wanted}, but {output} delivers {given}.</source>
        <translation>{input} 接受 {wanted}，而 {output} 给出 {given}。</translation>
    </message>
    <message>
        <source>Put a block between them that makes {wanted}.</source>
        <translation>请在中间放一个生成 {wanted} 的模块。</translation>
    </message>
    <message>
        <source>There is no such link.</source>
        <translation>没有这条连线。</translation>
    </message>
    <message>
        <source>This block does not fit into this link.</source>
        <translation>这个模块放不进这条连线。</translation>
    </message>
    <message>
        <source>Its first input has to take {type}, and an output has to deliver it.</source>
        <translation>它的第一个输入要接受 {type}，并且有一个输出给出 {type}。</translation>
    </message>
    <message>
        <source>The block type &quot;{type}&quot; is not installed.</source>
        <translation>没有安装模块类型“{type}”。</translation>
    </message>
    <message>
        <source>Choose a block of the list, or install the pack it comes from.</source>
        <translation>请选择列表中的模块，或安装它所在的扩展包。</translation>
    </message>
    <message>
        <source>A block cannot be put there: the place is not a number.</source>
        <translation>模块不能放在那里：位置不是数字。</translation>
    </message>
    <message>
        <source>Move it back into view and try again.</source>
        <translation>请把它移回视野再试。</translation>
    </message>
    <message>
        <source>Change title</source>
        <translation>更改标题</translation>
    </message>
    <message>
        <source>Rename block</source>
        <translation>重命名模块</translation>
    </message>
    <message>
        <source>Change {param}</source>
        <translation>更改 {param}</translation>
    </message>
    <message>
        <source>Reset a setting</source>
        <translation>重置一项设置</translation>
    </message>
    <message>
        <source>Reset settings</source>
        <translation>重置设置</translation>
    </message>
    <message>
        <source>Describe the pipeline</source>
        <translation>描述流程</translation>
    </message>
</context>
<context>
    <name>error</name>
    <message>
        <source>&quot;{text}&quot; is not a SHA-256 digest.</source>
        <translation>“{text}”不是 SHA-256 摘要。</translation>
    </message>
    <message>
        <source>The file that names it was changed by hand or is damaged; restore it.</source>
        <translation>提到它的文件被手工改动或已损坏；请恢复该文件。</translation>
    </message>
    <message>
        <source>The file is larger than the {limit} bytes allowed here.</source>
        <translation>文件大于此处允许的 {limit} 字节。</translation>
    </message>
    <message>
        <source>Check that it is the file you meant.</source>
        <translation>请确认它就是您要的文件。</translation>
    </message>
    <message>
        <source>The path leads outside its folder and was not followed.</source>
        <translation>路径指向文件夹之外，没有跟随。</translation>
    </message>
    <message>
        <source>Use files inside the folder, without links that lead out of it.</source>
        <translation>请使用文件夹内的文件，不要使用指向外面的链接。</translation>
    </message>
    <message>
        <source>This is not valid JSON: {problem}.</source>
        <translation>这不是有效的 JSON：{problem}。</translation>
    </message>
    <message>
        <source>Restore the file from a copy, or correct that line.</source>
        <translation>请用副本恢复该文件，或改正那一行。</translation>
    </message>
    <message>
        <source>The program {name} could not be started.</source>
        <translation>无法启动程序 {name}。</translation>
    </message>
    <message>
        <source>Install it, or check that it is on PATH.</source>
        <translation>请安装它，或检查它是否在 PATH 中。</translation>
    </message>
    <message>
        <source>The program {name} did not end in time.</source>
        <translation>程序 {name} 没有及时结束。</translation>
    </message>
    <message>
        <source>Try again when the machine is less busy.</source>
        <translation>请在机器不那么忙时再试。</translation>
    </message>
    <message>
        <source>The sample pictures &quot;{name}&quot; are not on this machine.</source>
        <translation>这台机器上没有示例图片“{name}”。</translation>
    </message>
    <message>
        <source>Run app/setup/install once; it fetches them.</source>
        <translation>请运行一次 app/setup/install；它会获取这些图片。</translation>
    </message>
    <message>
        <source>Could not {action} {path}: {reason}.</source>
        <translation>无法{action} {path}：{reason}。</translation>
    </message>
    <message>
        <source>Free some disk space, for example with `patchbay gc`, and run again.</source>
        <translation>请腾出一些磁盘空间，例如用 `patchbay gc`，然后再运行。</translation>
    </message>
    <message>
        <source>Check the permissions of the file or folder, or choose another place.</source>
        <translation>请检查文件或文件夹的权限，或换一个位置。</translation>
    </message>
    <message>
        <source>Check the path; was the file moved or renamed?</source>
        <translation>请检查路径；文件是否被移动或改名了？</translation>
    </message>
    <message>
        <source>Check the disk and run again.</source>
        <translation>请检查磁盘，然后再运行。</translation>
    </message>
    <message>
        <source>A live worker&apos;s answer is incomplete.</source>
        <translation>实时进程的回答不完整。</translation>
    </message>
    <message>
        <source>Ask again.</source>
        <translation>请再问一次。</translation>
    </message>
    <message>
        <source>This run is not in progress.</source>
        <translation>这次运行不在进行中。</translation>
    </message>
    <message>
        <source>`patchbay runs` lists all runs and their states.</source>
        <translation>`patchbay runs` 会列出全部运行及其状态。</translation>
    </message>
    <message>
        <source>Files kept changing while the block read them.</source>
        <translation>模块读取文件时文件一直在变化。</translation>
    </message>
    <message>
        <source>Wait until the copying or saving is over and run again.</source>
        <translation>请等复制或保存结束后再运行。</translation>
    </message>
    <message>
        <source>The block said nothing for a long time and was ended.</source>
        <translation>模块很久没有动静，已被结束。</translation>
    </message>
    <message>
        <source>Run again; what was computed so far is used. If it happens again, look at the log of the run.</source>
        <translation>请再次运行；已经算出的会被利用。若再次发生，请查看运行日志。</translation>
    </message>
    <message>
        <source>The block ended without writing its output {port}.</source>
        <translation>模块结束时没有写出输出 {port}。</translation>
    </message>
    <message>
        <source>This is a defect of the block: tell its author.</source>
        <translation>这是模块的缺陷：请告知它的作者。</translation>
    </message>
    <message>
        <source>Another engine has taken this job over.</source>
        <translation>另一个引擎接管了这个任务。</translation>
    </message>
    <message>
        <source>Run again.</source>
        <translation>请再运行一次。</translation>
    </message>
    <message>
        <source>The engine ended before this job did, and the job is gone.</source>
        <translation>引擎先于任务结束，任务已经不在。</translation>
    </message>
    <message>
        <source>Run again; it goes on from the last checkpoint.</source>
        <translation>请再次运行；它会从上一个检查点继续。</translation>
    </message>
    <message>
        <source>The job ended without a result while no engine was there.</source>
        <translation>没有引擎时任务结束了，没有留下结果。</translation>
    </message>
    <message>
        <source>The project folder is read-only, so nothing can be run in it.</source>
        <translation>项目文件夹是只读的，因此不能在其中运行。</translation>
    </message>
    <message>
        <source>Copy the project to a folder of your own, or ask for write permission.</source>
        <translation>请把项目复制到自己的文件夹，或申请写权限。</translation>
    </message>
    <message>
        <source>The class &quot;{label}&quot; cannot be the name of a folder.</source>
        <translation>类别“{label}”不能作为文件夹的名称。</translation>
    </message>
    <message>
        <source>Use a name without &quot;/&quot;, control characters or a dot in front, at most 200 bytes long.</source>
        <translation>请使用不含“/”、控制字符，不以点开头，且不超过 200 字节的名称。</translation>
    </message>
    <message>
        <source>This is not a picture that can be read.</source>
        <translation>这不是可以读取的图片。</translation>
    </message>
    <message>
        <source>Give a JPEG, PNG, BMP, WebP or TIFF picture.</source>
        <translation>请提供 JPEG、PNG、BMP、WebP 或 TIFF 图片。</translation>
    </message>
    <message>
        <source>The worker program could not be asked: {reason}</source>
        <translation>无法询问工作程序：{reason}</translation>
    </message>
    <message>
        <source>`patchbay doctor` says what is missing; installing again mends it.</source>
        <translation>`patchbay doctor` 会说明缺少什么；重新安装可以修复。</translation>
    </message>
    <message>
        <source>The engine of this project ended.</source>
        <translation>这个项目的引擎已经结束。</translation>
    </message>
    <message>
        <source>Run the command again; finished results are kept.</source>
        <translation>请再次运行命令；已完成的结果都保留。</translation>
    </message>
    <message>
        <source>The engine of this project does not answer.</source>
        <translation>这个项目的引擎没有回应。</translation>
    </message>
    <message>
        <source>Look at {log}; if an engine hangs, end it and run again.</source>
        <translation>请查看 {log}；若引擎卡住，请结束它再运行。</translation>
    </message>
    <message>
        <source>The engine of this project belongs to somebody else.</source>
        <translation>这个项目的引擎属于别人。</translation>
    </message>
    <message>
        <source>Ask them to end it, or work on a copy of the project.</source>
        <translation>请对方结束它，或使用项目的副本。</translation>
    </message>
    <message>
        <source>The engine program is missing.</source>
        <translation>缺少引擎程序。</translation>
    </message>
    <message>
        <source>Install Patchbay again; patchbay-engine belongs beside patchbay.</source>
        <translation>请重新安装 Patchbay；patchbay-engine 应与 patchbay 放在一起。</translation>
    </message>
    <message>
        <source>No engine runs for this project.</source>
        <translation>这个项目没有运行中的引擎。</translation>
    </message>
    <message>
        <source>Run a pipeline; the engine starts by itself.</source>
        <translation>请运行一个流程；引擎会自行启动。</translation>
    </message>
    <message>
        <source>This engine does not know the request {method}.</source>
        <translation>这个引擎不认识请求 {method}。</translation>
    </message>
    <message>
        <source>Update Patchbay; the program that asked is newer than the engine.</source>
        <translation>请更新 Patchbay；提问的程序比引擎新。</translation>
    </message>
    <message>
        <source>Nothing has been run in this project yet.</source>
        <translation>这个项目还没有运行过任何流程。</translation>
    </message>
    <message>
        <source>There is no such run in this project.</source>
        <translation>这个项目里没有这次运行。</translation>
    </message>
    <message>
        <source>`patchbay runs` lists all runs.</source>
        <translation>`patchbay runs` 会列出全部运行。</translation>
    </message>
    <message>
        <source>This block has no stored result in this run.</source>
        <translation>这次运行中该模块没有保存的结果。</translation>
    </message>
    <message>
        <source>Run the pipeline again.</source>
        <translation>请再次运行流程。</translation>
    </message>
    <message>
        <source>Results cannot be removed while something is running.</source>
        <translation>有任务在运行时不能删除结果。</translation>
    </message>
    <message>
        <source>Wait for the run to end, or stop it, and try again.</source>
        <translation>请等运行结束或停止它，然后再试。</translation>
    </message>
    <message>
        <source>The project folder is read-only, so nothing can be removed.</source>
        <translation>项目文件夹是只读的，因此不能删除任何内容。</translation>
    </message>
    <message>
        <source>Ask for write permission.</source>
        <translation>请申请写权限。</translation>
    </message>
    <message>
        <source>This engine has no live workers.</source>
        <translation>这个引擎没有实时进程。</translation>
    </message>
    <message>
        <source>Run the block in a pipeline instead.</source>
        <translation>请改为在流程中运行该模块。</translation>
    </message>
    <message>
        <source>The project folder is read-only, so nothing can be added to it.</source>
        <translation>项目文件夹是只读的，因此不能添加任何内容。</translation>
    </message>
    <message>
        <source>The engine still runs something.</source>
        <translation>引擎还在运行任务。</translation>
    </message>
    <message>
        <source>Wait for it to end or stop it; or end the engine at once with --force.</source>
        <translation>请等它结束或停止它；或用 --force 立即结束引擎。</translation>
    </message>
    <message>
        <source>The request is not a map.</source>
        <translation>请求不是键值表。</translation>
    </message>
    <message>
        <source>Update the program that asked.</source>
        <translation>请更新提问的程序。</translation>
    </message>
    <message>
        <source>The folder for the engine&apos;s socket belongs to somebody else, or others may use it.</source>
        <translation>引擎套接字所在的文件夹属于别人，或其他人可以使用它。</translation>
    </message>
    <message>
        <source>Remove it or `chmod 700` it, or set XDG_RUNTIME_DIR to a private folder of yours.</source>
        <translation>请删除它或执行 `chmod 700`，或把 XDG_RUNTIME_DIR 设为您私有的文件夹。</translation>
    </message>
    <message>
        <source>The engine has too much to answer.</source>
        <translation>引擎要回答的请求太多。</translation>
    </message>
    <message>
        <source>Ask again in a while.</source>
        <translation>请过一会儿再问。</translation>
    </message>
    <message>
        <source>The path of the engine&apos;s socket is too long.</source>
        <translation>引擎套接字的路径太长。</translation>
    </message>
    <message>
        <source>Set XDG_RUNTIME_DIR to a folder with a shorter path.</source>
        <translation>请把 XDG_RUNTIME_DIR 设为路径较短的文件夹。</translation>
    </message>
    <message>
        <source>There is no pipeline file and no template &quot;{name}&quot;.</source>
        <translation>没有流程文件，也没有模板“{name}”。</translation>
    </message>
    <message>
        <source>`patchbay templates` lists the templates.</source>
        <translation>`patchbay templates` 会列出模板。</translation>
    </message>
    <message>
        <source>Did you mean &quot;{name}&quot;? `patchbay templates` lists all.</source>
        <translation>您是指“{name}”吗？`patchbay templates` 会列出全部。</translation>
    </message>
    <message>
        <source>The file system of this project cannot keep a database safe while it is written (no write-ahead log).</source>
        <translation>这个项目所在的文件系统无法在写入时保证数据库安全（没有预写日志）。</translation>
    </message>
    <message>
        <source>Put the project on a local disk; pictures may stay where they are.</source>
        <translation>请把项目放在本地磁盘；图片可以留在原处。</translation>
    </message>
    <message>
        <source>The project&apos;s database could not be used: {reason}.</source>
        <translation>无法使用项目的数据库：{reason}。</translation>
    </message>
    <message>
        <source>Restore project.db from the backups folder of the project or from your own backup; objects/ stays valid.</source>
        <translation>请从项目的 backups 文件夹或您自己的备份恢复 project.db；objects/ 仍然有效。</translation>
    </message>
    <message>
        <source>Close the other program that has the project&apos;s database open and try again.</source>
        <translation>请关闭打开项目数据库的其他程序，然后再试。</translation>
    </message>
    <message>
        <source>The project&apos;s database is damaged: {reason}.</source>
        <translation>项目的数据库已损坏：{reason}。</translation>
    </message>
    <message>
        <source>project.db is a database of some other program.</source>
        <translation>project.db 是其他程序的数据库。</translation>
    </message>
    <message>
        <source>Choose another folder for the project.</source>
        <translation>请为项目选择另一个文件夹。</translation>
    </message>
    <message>
        <source>This project was last used with a newer Patchbay (format {found}; this version knows up to {known}).</source>
        <translation>这个项目上次由更新的 Patchbay 使用（格式 {found}；此版本最多认识到 {known}）。</translation>
    </message>
    <message>
        <source>Install the newer version to open it. Nothing was changed.</source>
        <translation>请安装新版本来打开它。没有做任何改动。</translation>
    </message>
    <message>
        <source>The project lies on a network disk ({type}), where its database could be damaged.</source>
        <translation>项目位于网络磁盘（{type}）上，数据库可能在那里损坏。</translation>
    </message>
    <message>
        <source>Put the project on a disk of this computer; the pictures may stay where they are.</source>
        <translation>请把项目放在本机磁盘；图片可以留在原处。</translation>
    </message>
    <message>
        <source>Copy the project to a folder of your own, or ask for write permission. Looking at runs and plans works as it is.</source>
        <translation>请把项目复制到自己的文件夹，或申请写权限。查看运行和计划不受影响。</translation>
    </message>
    <message>
        <source>The project is already open in {program} (process {pid}).</source>
        <translation>项目已在 {program}（进程 {pid}）中打开。</translation>
    </message>
    <message>
        <source>Close that program, or wait until its runs have ended, and try again.</source>
        <translation>请关闭该程序，或等它的运行结束，然后再试。</translation>
    </message>
    <message>
        <source>The project is not a folder.</source>
        <translation>项目不是文件夹。</translation>
    </message>
    <message>
        <source>Name a folder; a new one is made when there is none.</source>
        <translation>请给出文件夹；没有时会新建一个。</translation>
    </message>
    <message>
        <source>There is no Patchbay project in this folder.</source>
        <translation>这个文件夹里没有 Patchbay 项目。</translation>
    </message>
    <message>
        <source>Check the path, or run a pipeline there to make one.</source>
        <translation>请检查路径，或在那里运行一个流程来新建项目。</translation>
    </message>
    <message>
        <source>A part of the result ({part}) is not in the project&apos;s objects.</source>
        <translation>结果的一部分（{part}）不在项目的对象库中。</translation>
    </message>
    <message>
        <source>Run the block again; its result is made anew.</source>
        <translation>请再次运行该模块；结果会重新生成。</translation>
    </message>
    <message>
        <source>A pack of item results is not in the project&apos;s objects.</source>
        <translation>一包逐项结果不在项目的对象库中。</translation>
    </message>
    <message>
        <source>Run the block again.</source>
        <translation>请再次运行该模块。</translation>
    </message>
    <message>
        <source>Nothing with these bytes is known in this project.</source>
        <translation>这个项目里没有这些字节的内容。</translation>
    </message>
    <message>
        <source>Run the block that makes it again.</source>
        <translation>请再次运行生成它的模块。</translation>
    </message>
    <message>
        <source>The picture is not where it was, and it was not found near there.</source>
        <translation>图片不在原处，附近也没有找到。</translation>
    </message>
    <message>
        <source>Put it back, or run the block that reads the pictures again.</source>
        <translation>请把它放回去，或再次运行读取图片的模块。</translation>
    </message>
    <message>
        <source>The file {path} cannot be written: {why}</source>
        <translation>无法写入文件 {path}：{why}</translation>
    </message>
    <message>
        <source>Choose another folder, or make room on the disk.</source>
        <translation>请选择另一个文件夹，或腾出磁盘空间。</translation>
    </message>
    <message>
        <source>Curves are saved as .png, .svg or .csv.</source>
        <translation>曲线可以保存为 .png、.svg 或 .csv。</translation>
    </message>
    <message>
        <source>End the file&apos;s name with one of these.</source>
        <translation>文件名请以其中之一结尾。</translation>
    </message>
    <message>
        <source>This block made no report in this run.</source>
        <translation>这次运行中该模块没有生成报告。</translation>
    </message>
    <message>
        <source>Choose a block that makes one, such as Evaluate.</source>
        <translation>请选择会生成报告的模块，例如“评估”。</translation>
    </message>
    <message>
        <source>Another engine has this project.</source>
        <translation>另一个引擎正在使用这个项目。</translation>
    </message>
    <message>
        <source>Connect to it, or wait until it has ended.</source>
        <translation>请连接到它，或等它结束。</translation>
    </message>
    <message>
        <source>There is no report to save.</source>
        <translation>没有可以保存的报告。</translation>
    </message>
    <message>
        <source>Open the report of a run first.</source>
        <translation>请先打开一次运行的报告。</translation>
    </message>
    <message>
        <source>The device {device} was asked for, and this machine has no NVIDIA GPU that answers.</source>
        <translation>要求使用设备 {device}，而这台机器没有可用的 NVIDIA GPU。</translation>
    </message>
    <message>
        <source>The device {device} was asked for, and this machine has {n} GPU(s), counted from 0.</source>
        <translation>要求使用设备 {device}，而这台机器有 {n} 块 GPU，编号从 0 开始。</translation>
    </message>
    <message>
        <source>Use --device cpu or auto; `patchbay doctor` says what is there and what its driver lacks.</source>
        <translation>请使用 --device cpu 或 auto；`patchbay doctor` 会说明有什么以及驱动缺少什么。</translation>
    </message>
    <message>
        <source>The result was left by another worker than the one that has the job.</source>
        <translation>这个结果是由另一个工作进程留下的，而不是承担该任务的那个。</translation>
    </message>
    <message>
        <source>Use patchbay-engine.</source>
        <translation>请使用 patchbay-engine。</translation>
    </message>
    <message>
        <source>This engine runs nothing on other machines.</source>
        <translation>此引擎不在其他机器上运行任务。</translation>
    </message>
    <message>
        <source>Run it here: --on local.</source>
        <translation>请在本机运行：--on local。</translation>
    </message>
    <message>
        <source>This pipeline is set to run on {name}, and this computer knows no machine of that name.</source>
        <translation>此流程设为在 {name} 上运行,而这台电脑不认识这个名称的机器。</translation>
    </message>
    <message>
        <source>Run it here: &quot;This machine&quot; in the panel Machines, or --on local. Or add the machine: `patchbay machines add {name} SSH-HOST`.</source>
        <translation>在本机运行:在“机器”面板中选择“本机”,或使用 --on local。或者添加该机器:`patchbay machines add {name} SSH-HOST`。</translation>
    </message>
</context>
<context>
    <name>executor</name>
    <message>
        <source>The engine has gone; the job goes on with what it has.</source>
        <translation>引擎已经退出；任务用现有的内容继续。</translation>
    </message>
    <message>
        <source>Run again when the engine is back.</source>
        <translation>引擎恢复后请再次运行。</translation>
    </message>
    <message>
        <source>No file with the bytes {digest} can be found.</source>
        <translation>找不到字节为 {digest} 的文件。</translation>
    </message>
    <message>
        <source>Put the picture back where it was, or import the folder again.</source>
        <translation>请把图片放回原处，或重新导入文件夹。</translation>
    </message>
    <message>
        <source>A worker asked what this engine does not know.</source>
        <translation>工作进程请求了此引擎不认识的内容。</translation>
    </message>
    <message>
        <source>Check that all programs of Patchbay are of one version.</source>
        <translation>请确认 Patchbay 的所有程序版本一致。</translation>
    </message>
    <message>
        <source>{path} has changed since it was read in.</source>
        <translation>{path} 在读入之后发生了变化。</translation>
    </message>
    <message>
        <source>Run the pipeline again, so that the change is seen.</source>
        <translation>请再次运行流程，以便看到变化。</translation>
    </message>
    <message>
        <source>A pack of cached results is damaged.</source>
        <translation>一包缓存结果已损坏。</translation>
    </message>
    <message>
        <source>Run again; what is missing is computed anew.</source>
        <translation>请再次运行；缺少的会重新计算。</translation>
    </message>
    <message>
        <source>The block does not keep the rules of the item cache: {what}.</source>
        <translation>模块没有遵守逐项缓存的规则：{what}。</translation>
    </message>
    <message>
        <source>Report this to the author of the block.</source>
        <translation>请报告给模块的作者。</translation>
    </message>
    <message>
        <source>The live worker ended unexpectedly.</source>
        <translation>实时进程意外结束。</translation>
    </message>
    <message>
        <source>Ask again; it is started anew.</source>
        <translation>请再问一次；它会重新启动。</translation>
    </message>
    <message>
        <source>The live worker did not answer any more and was ended.</source>
        <translation>实时进程不再回应，已被结束。</translation>
    </message>
    <message>
        <source>There is no attempt {id} here.</source>
        <translation>这里没有任务 {id}。</translation>
    </message>
    <message>
        <source>Run the pipeline again.</source>
        <translation>请再次运行流程。</translation>
    </message>
    <message>
        <source>An attempt&apos;s id must be a ULID.</source>
        <translation>任务编号必须是 ULID。</translation>
    </message>
    <message>
        <source>Report this.</source>
        <translation>请报告此问题。</translation>
    </message>
    <message>
        <source>Blocks write their checkpoints as they go.</source>
        <translation>模块会在运行中自行写检查点。</translation>
    </message>
    <message>
        <source>Stop the job; it goes on from its last checkpoint.</source>
        <translation>请停止任务；它会从上一个检查点继续。</translation>
    </message>
    <message>
        <source>The job still runs.</source>
        <translation>任务还在运行。</translation>
    </message>
    <message>
        <source>Stop it first.</source>
        <translation>请先停止它。</translation>
    </message>
    <message>
        <source>The pack {path} has changed since it was allowed.</source>
        <translation>扩展包 {path} 在被允许之后发生了变化。</translation>
    </message>
    <message>
        <source>Allow it again if you trust the new one.</source>
        <translation>如果信任新的版本，请重新允许。</translation>
    </message>
    <message>
        <source>The pack {path} cannot be used: {reason}.</source>
        <translation>扩展包 {path} 不能使用：{reason}。</translation>
    </message>
    <message>
        <source>Build it against this version of Patchbay.</source>
        <translation>请针对此版本的 Patchbay 构建它。</translation>
    </message>
    <message>
        <source>There is no block &quot;{type}&quot; here.</source>
        <translation>这里没有模块“{type}”。</translation>
    </message>
    <message>
        <source>Install the pack that has it, and allow it.</source>
        <translation>请安装含有它的扩展包，并允许使用。</translation>
    </message>
    <message>
        <source>Did you mean {near}? Otherwise install the pack that has it, and allow it.</source>
        <translation>您是指 {near} 吗？否则请安装含有它的扩展包，并允许使用。</translation>
    </message>
    <message>
        <source>There is no live service &quot;{type}&quot; here.</source>
        <translation>这里没有实时服务“{type}”。</translation>
    </message>
    <message>
        <source>{step} needed more memory than there is and was ended by the system (it had {mb} MB).</source>
        <translation>{step} 需要的内存超过现有内存，被系统结束（它有 {mb} MB）。</translation>
    </message>
    <message>
        <source>Use a smaller batch or input size, or close other programs.</source>
        <translation>请减小批量或输入尺寸，或关闭其他程序。</translation>
    </message>
    <message>
        <source>The other blocks are not affected. See the attempt&apos;s log, then run again; report it if it happens again.</source>
        <translation>其他模块不受影响。请查看任务日志后再运行；若再次发生请报告。</translation>
    </message>
    <message>
        <source>{step} gave no sign of life for {seconds} s and was ended.</source>
        <translation>{step} 已有 {seconds} 秒没有动静，被结束。</translation>
    </message>
    <message>
        <source>Run again; it goes on from its last checkpoint. Report it if it happens again.</source>
        <translation>请再次运行；它会从上一个检查点继续。若再次发生请报告。</translation>
    </message>
    <message>
        <source>It was cancelled.</source>
        <translation>它被取消了。</translation>
    </message>
    <message>
        <source>Run again to go on.</source>
        <translation>再运行一次即可继续。</translation>
    </message>
    <message>
        <source>{step} ended while nobody was watching, without leaving a result.</source>
        <translation>{step} 在无人看管时结束，没有留下结果。</translation>
    </message>
    <message>
        <source>{step} was killed from outside (signal 9).</source>
        <translation>{step} 被外部终止（信号 9）。</translation>
    </message>
    <message>
        <source>Run again; it goes on from its last checkpoint. If nobody killed it, look for the reason in the system&apos;s log.</source>
        <translation>请再次运行；它会从上一个检查点继续。如果没有人终止它，请在系统日志中查找原因。</translation>
    </message>
    <message>
        <source>{step} crashed in the block {block} (signal {signal}, {name}).</source>
        <translation>{step} 在模块 {block} 中崩溃（信号 {signal}，{name}）。</translation>
    </message>
    <message>
        <source>The disk was full when {step} wanted to write its result.</source>
        <translation>{step} 要写结果时磁盘已满。</translation>
    </message>
    <message>
        <source>Free some disk space, for example with `patchbay gc`, and run again.</source>
        <translation>请腾出一些磁盘空间，例如用 `patchbay gc`，然后再运行。</translation>
    </message>
    <message>
        <source>{step} could not write into its attempt folder.</source>
        <translation>{step} 无法写入它的任务文件夹。</translation>
    </message>
    <message>
        <source>Check the permissions of the project&apos;s folder and the disk, then run again.</source>
        <translation>请检查项目文件夹的权限和磁盘，然后再运行。</translation>
    </message>
    <message>
        <source>The block {block} ended its worker with exit code {code}.</source>
        <translation>模块 {block} 以退出码 {code} 结束了工作进程。</translation>
    </message>
    <message>
        <source>The block ended without an error and without its output &quot;{port}&quot;.</source>
        <translation>模块没有报错就结束了，但缺少输出“{port}”。</translation>
    </message>
    <message>
        <source>{path} is there already and was not written by an export.</source>
        <translation>{path} 已经存在，而且不是由导出写出的。</translation>
    </message>
    <message>
        <source>Choose another folder, or move that one away.</source>
        <translation>请选择另一个文件夹，或把它移走。</translation>
    </message>
    <message>
        <source>There is not enough memory for this block.</source>
        <translation>内存不足以运行此模块。</translation>
    </message>
    <message>
        <source>A library failed inside the block: {what}</source>
        <translation>模块内部的程序库失败：{what}</translation>
    </message>
    <message>
        <source>See the attempt&apos;s log; report this if your input is in order.</source>
        <translation>请查看任务日志；若输入没有问题请报告。</translation>
    </message>
    <message>
        <source>A library failed inside the block without saying why.</source>
        <translation>模块内部的程序库失败，没有说明原因。</translation>
    </message>
    <message>
        <source>A newer request took its place.</source>
        <translation>一个更新的请求取代了它。</translation>
    </message>
    <message>
        <source>Wait for the newer one.</source>
        <translation>请等待更新的请求。</translation>
    </message>
    <message>
        <source>A library failed: {what}</source>
        <translation>程序库失败：{what}</translation>
    </message>
    <message>
        <source>Ask again; report this if your input is in order.</source>
        <translation>请再问一次；若输入没有问题请报告。</translation>
    </message>
    <message>
        <source>A library failed without saying why.</source>
        <translation>程序库失败，没有说明原因。</translation>
    </message>
    <message>
        <source>Ask again.</source>
        <translation>请再问一次。</translation>
    </message>
    <message>
        <source>The worker process could not be started or ended at once.</source>
        <translation>工作进程无法启动，或立即结束了。</translation>
    </message>
    <message>
        <source>Run `patchbay doctor`; it says what is missing.</source>
        <translation>请运行 `patchbay doctor`；它会说明缺少什么。</translation>
    </message>
    <message>
        <source>The job was stopped while it waited for its input.</source>
        <translation>任务在等待输入时被停止。</translation>
    </message>
    <message>
        <source>Run again; it goes on from its last checkpoint.</source>
        <translation>请重新运行；它会从最后的检查点继续。</translation>
    </message>
    <message>
        <source>Its time on the cluster was up.</source>
        <translation>它在集群上的时间已用完。</translation>
    </message>
    <message>
        <source>It goes on from its checkpoint in a new job. Ask for more time if it does this often.</source>
        <translation>它会在新作业中从检查点继续。如果经常如此，请申请更长的时间。</translation>
    </message>
    <message>
        <source>Its time on the cluster was up before it could save anything.</source>
        <translation>它还没来得及保存任何内容，在集群上的时间就已用完。</translation>
    </message>
    <message>
        <source>Ask for more time (`patchbay machines add ... --time`), or choose a partition with a longer limit.</source>
        <translation>请申请更长的时间（`patchbay machines add ... --time`），或选择时限更长的分区。</translation>
    </message>
</context>
<context>
    <name>formats</name>
    <message>
        <source>The archive unpacks to far more than it can hold in earnest.</source>
        <translation>压缩包解开后的大小远远超出正常范围。</translation>
    </message>
    <message>
        <source>Do not unpack it; ask for it again where it came from.</source>
        <translation>不要解开它；请向来源重新索取。</translation>
    </message>
    <message>
        <source>This is not an archive that can be read.</source>
        <translation>这不是可以读取的压缩包。</translation>
    </message>
    <message>
        <source>Use a zip or tar file; copy or download it again.</source>
        <translation>请使用 zip 或 tar 文件；请重新复制或下载。</translation>
    </message>
    <message>
        <source>The archive is locked with a password.</source>
        <translation>压缩包设有密码。</translation>
    </message>
    <message>
        <source>Unpack it and import the folder.</source>
        <translation>请先解开，再导入文件夹。</translation>
    </message>
    <message>
        <source>Archives of this kind are not written.</source>
        <translation>不支持写入这种压缩包。</translation>
    </message>
    <message>
        <source>Choose a name that ends with .zip, .tar or .tar.gz.</source>
        <translation>请选择以 .zip、.tar 或 .tar.gz 结尾的名称。</translation>
    </message>
    <message>
        <source>COCO</source>
        <translation>COCO</translation>
    </message>
    <message>
        <source>annotations/instances_train.json beside images/</source>
        <translation>annotations/instances_train.json，旁边是 images/</translation>
    </message>
    <message>
        <source>There is no COCO file that can be read.</source>
        <translation>没有可以读取的 COCO 文件。</translation>
    </message>
    <message>
        <source>Choose the folder with the &quot;annotations&quot;, or one of its files.</source>
        <translation>请选择包含“annotations”的文件夹，或其中的一个文件。</translation>
    </message>
    <message>
        <source>Table (CSV)</source>
        <translation>表格（CSV）</translation>
    </message>
    <message>
        <source>a table of paths and classes, or of boxes</source>
        <translation>路径与类别的表格，或方框的表格</translation>
    </message>
    <message>
        <source>There is no table with paths of pictures.</source>
        <translation>没有包含图片路径的表格。</translation>
    </message>
    <message>
        <source>Give the table a heading with &quot;path&quot; and &quot;label&quot;.</source>
        <translation>请给表格加上含“path”和“label”的表头。</translation>
    </message>
    <message>
        <source>CVAT</source>
        <translation>CVAT</translation>
    </message>
    <message>
        <source>annotations.xml (&quot;CVAT for images 1.1&quot;) and images/</source>
        <translation>annotations.xml（“CVAT for images 1.1”）和 images/</translation>
    </message>
    <message>
        <source>There is no CVAT file that can be read.</source>
        <translation>没有可以读取的 CVAT 文件。</translation>
    </message>
    <message>
        <source>Choose the folder with annotations.xml, or the file.</source>
        <translation>请选择包含 annotations.xml 的文件夹，或该文件。</translation>
    </message>
    <message>
        <source>Datumaro</source>
        <translation>Datumaro</translation>
    </message>
    <message>
        <source>annotations/train.json and images/train/; keeps everything</source>
        <translation>annotations/train.json 和 images/train/；全部保留</translation>
    </message>
    <message>
        <source>There is no Datumaro file that can be read.</source>
        <translation>没有可以读取的 Datumaro 文件。</translation>
    </message>
    <message>
        <source>There is no format &quot;{name}&quot;.</source>
        <translation>没有名为“{name}”的格式。</translation>
    </message>
    <message>
        <source>Choose one of {known}.</source>
        <translation>请从 {known} 中选择。</translation>
    </message>
    <message>
        <source>Image folders</source>
        <translation>图片文件夹</translation>
    </message>
    <message>
        <source>one folder for each class, or train/ and test/ with such folders</source>
        <translation>每个类别一个文件夹，或 train/ 和 test/ 下的这类文件夹</translation>
    </message>
    <message>
        <source>No pictures and no annotation files were found.</source>
        <translation>没有找到图片，也没有找到标注文件。</translation>
    </message>
    <message>
        <source>Choose a folder or archive with pictures, or the export of another tool.</source>
        <translation>请选择包含图片的文件夹或压缩包，或其他工具的导出。</translation>
    </message>
    <message>
        <source>Reading failed: {what}</source>
        <translation>读取失败：{what}</translation>
    </message>
    <message>
        <source>Report this, with the file.</source>
        <translation>请附上文件报告此问题。</translation>
    </message>
    <message>
        <source>PNG masks</source>
        <translation>PNG 掩膜</translation>
    </message>
    <message>
        <source>images/ and masks/ with class numbers as pixels, classes.txt</source>
        <translation>images/ 和以类别编号为像素的 masks/，classes.txt</translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation>无法读取文件。</translation>
    </message>
    <message>
        <source>Check its permissions.</source>
        <translation>请检查其权限。</translation>
    </message>
    <message>
        <source>The file is not UTF-8 text.</source>
        <translation>文件不是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>Save it as UTF-8 in a text editor.</source>
        <translation>请在文本编辑器中另存为 UTF-8。</translation>
    </message>
    <message>
        <source>The file is cut off or damaged.</source>
        <translation>文件不完整或已损坏。</translation>
    </message>
    <message>
        <source>Export or copy it again.</source>
        <translation>请重新导出或复制。</translation>
    </message>
    <message>
        <source>The file lacks the fields that this format has.</source>
        <translation>文件缺少此格式应有的字段。</translation>
    </message>
    <message>
        <source>Choose the format by hand.</source>
        <translation>请手动选择格式。</translation>
    </message>
    <message>
        <source>The file is larger than any annotation file that is read.</source>
        <translation>文件过大，超出可读取的标注文件大小。</translation>
    </message>
    <message>
        <source>The file is neither a picture nor part of the format.</source>
        <translation>文件既不是图片，也不属于此格式。</translation>
    </message>
    <message>
        <source>The line does not have the cells it should have.</source>
        <translation>这一行缺少应有的单元格。</translation>
    </message>
    <message>
        <source>Correct that line.</source>
        <translation>请更正这一行。</translation>
    </message>
    <message>
        <source>The link leads out of the folder and was not followed.</source>
        <translation>链接指向文件夹之外，没有跟随。</translation>
    </message>
    <message>
        <source>Put the files themselves into the folder.</source>
        <translation>请把文件本身放进文件夹。</translation>
    </message>
    <message>
        <source>The folders are nested too deeply.</source>
        <translation>文件夹嵌套过深。</translation>
    </message>
    <message>
        <source>The archive&apos;s entry would lie outside the folder and was not unpacked.</source>
        <translation>压缩包中的条目会落在文件夹之外，没有解开。</translation>
    </message>
    <message>
        <source>Links and devices in archives are not unpacked.</source>
        <translation>压缩包中的链接和设备文件不会解开。</translation>
    </message>
    <message>
        <source>The archive has two entries of this name; the first one counts.</source>
        <translation>压缩包中有两个同名条目；以第一个为准。</translation>
    </message>
    <message>
        <source>The archive is cut off or damaged; what came before was taken.</source>
        <translation>压缩包不完整或已损坏；已取用之前的内容。</translation>
    </message>
    <message>
        <source>Copy or download it again.</source>
        <translation>请重新复制或下载。</translation>
    </message>
    <message>
        <source>The picture is not there.</source>
        <translation>图片不存在。</translation>
    </message>
    <message>
        <source>Put the pictures beside the annotation file.</source>
        <translation>请把图片放在标注文件旁边。</translation>
    </message>
    <message>
        <source>This is not a picture that can be read.</source>
        <translation>这不是可以读取的图片。</translation>
    </message>
    <message>
        <source>The path leads out of the folder; the picture was looked for by its name.</source>
        <translation>路径指向文件夹之外；已按名称查找图片。</translation>
    </message>
    <message>
        <source>The picture is named more than once; what is said of it was joined.</source>
        <translation>图片被多次提到；相关内容已合并。</translation>
    </message>
    <message>
        <source>The picture has another size than the file says.</source>
        <translation>图片的大小与文件所述不同。</translation>
    </message>
    <message>
        <source>Check whether the shapes lie where they should.</source>
        <translation>请检查图形的位置是否正确。</translation>
    </message>
    <message>
        <source>The picture is turned by its EXIF orientation, its shapes are not.</source>
        <translation>图片按 EXIF 方向旋转了，图形没有旋转。</translation>
    </message>
    <message>
        <source>The annotation file has no picture.</source>
        <translation>标注文件没有对应的图片。</translation>
    </message>
    <message>
        <source>The number was given to another one before.</source>
        <translation>此编号已经用过。</translation>
    </message>
    <message>
        <source>The class is not in the list of classes.</source>
        <translation>类别不在类别列表中。</translation>
    </message>
    <message>
        <source>The class is in the list more than once.</source>
        <translation>类别在列表中出现多次。</translation>
    </message>
    <message>
        <source>Classes are each other&apos;s parents; the parents were left out.</source>
        <translation>类别互为上级；已略去上级。</translation>
    </message>
    <message>
        <source>The name is not UTF-8; odd bytes are shown as \xNN.</source>
        <translation>名称不是 UTF-8；异常字节显示为 \xNN。</translation>
    </message>
    <message>
        <source>The annotation belongs to a picture that is not in the list.</source>
        <translation>标注所属的图片不在列表中。</translation>
    </message>
    <message>
        <source>A number is missing, or is none.</source>
        <translation>缺少数字，或内容不是数字。</translation>
    </message>
    <message>
        <source>The annotation lies outside the picture.</source>
        <translation>标注位于图片之外。</translation>
    </message>
    <message>
        <source>The annotation reaches beyond the edge of the picture.</source>
        <translation>标注超出图片边缘。</translation>
    </message>
    <message>
        <source>The annotation has no area, or no class.</source>
        <translation>标注没有面积，或没有类别。</translation>
    </message>
    <message>
        <source>The shape is incomplete, or of a kind that is not read.</source>
        <translation>图形不完整，或属于不支持读取的种类。</translation>
    </message>
    <message>
        <source>The mask does not fit the picture.</source>
        <translation>掩膜与图片不符。</translation>
    </message>
    <message>
        <source>The file says more than is kept here.</source>
        <translation>文件中的部分内容这里不保留。</translation>
    </message>
    <message>
        <source>The format has no place for this picture.</source>
        <translation>此格式无法保存这张图片。</translation>
    </message>
    <message>
        <source>The picture&apos;s file is not there any more; only its annotations were written.</source>
        <translation>图片文件已不存在；只写入了标注。</translation>
    </message>
    <message>
        <source>The format has no place for this class of the whole picture.</source>
        <translation>此格式无法保存整张图片的这个类别。</translation>
    </message>
    <message>
        <source>The format has no place for this box.</source>
        <translation>此格式无法保存这个方框。</translation>
    </message>
    <message>
        <source>The format has no place for this rotated box.</source>
        <translation>此格式无法保存这个旋转框。</translation>
    </message>
    <message>
        <source>The format has no place for this outline as it is.</source>
        <translation>此格式无法原样保存这个轮廓。</translation>
    </message>
    <message>
        <source>The format has no place for this mask as it is.</source>
        <translation>此格式无法原样保存这个掩膜。</translation>
    </message>
    <message>
        <source>The format has no place for these points.</source>
        <translation>此格式无法保存这些点。</translation>
    </message>
    <message>
        <source>The format has no place for this text.</source>
        <translation>此格式无法保存这段文字。</translation>
    </message>
    <message>
        <source>The format has no place for this number.</source>
        <translation>此格式无法保存这个数值。</translation>
    </message>
    <message>
        <source>The format has no place for scores.</source>
        <translation>此格式无法保存分数。</translation>
    </message>
    <message>
        <source>The format does not say who made an annotation.</source>
        <translation>此格式不记录标注者。</translation>
    </message>
    <message>
        <source>The format has no place for this attribute of an annotation.</source>
        <translation>此格式无法保存标注的这个属性。</translation>
    </message>
    <message>
        <source>The format has no place for this part of the data set.</source>
        <translation>此格式无法保存数据集的这个部分。</translation>
    </message>
    <message>
        <source>The format has no place for groups of pictures.</source>
        <translation>此格式无法保存图片分组。</translation>
    </message>
    <message>
        <source>The picture got another name.</source>
        <translation>图片改了名称。</translation>
    </message>
    <message>
        <source>The class got another name, because the format cannot hold this one.</source>
        <translation>类别改了名称，因为此格式无法保存原名。</translation>
    </message>
    <message>
        <source>The format has no place for a class without annotations.</source>
        <translation>此格式无法保存没有标注的类别。</translation>
    </message>
    <message>
        <source>The format orders its classes by name.</source>
        <translation>此格式按名称排列类别。</translation>
    </message>
    <message>
        <source>The format wants a box around it.</source>
        <translation>此格式要求外加一个方框。</translation>
    </message>
    <message>
        <source>The format wants one class for each picture.</source>
        <translation>此格式要求每张图片有一个类别。</translation>
    </message>
    <message>
        <source>It was written as a mask.</source>
        <translation>已写成掩膜。</translation>
    </message>
    <message>
        <source>It was written as an outline.</source>
        <translation>已写成轮廓。</translation>
    </message>
    <message>
        <source>The format wants every picture in a part.</source>
        <translation>此格式要求每张图片属于某个部分。</translation>
    </message>
    <message>
        <source>Label Studio</source>
        <translation>Label Studio</translation>
    </message>
    <message>
        <source>a JSON list of tasks, and the pictures</source>
        <translation>任务的 JSON 列表和图片</translation>
    </message>
    <message>
        <source>There is no Label Studio file that can be read.</source>
        <translation>没有可以读取的 Label Studio 文件。</translation>
    </message>
    <message>
        <source>labelme</source>
        <translation>labelme</translation>
    </message>
    <message>
        <source>one JSON file beside each picture</source>
        <translation>每张图片旁边一个 JSON 文件</translation>
    </message>
    <message>
        <source>MVTec AD</source>
        <translation>MVTec AD</translation>
    </message>
    <message>
        <source>train/good/, test/&lt;defect&gt;/ and ground_truth/&lt;defect&gt;/</source>
        <translation>train/good/、test/&lt;缺陷&gt;/ 和 ground_truth/&lt;缺陷&gt;/</translation>
    </message>
    <message>
        <source>There is no folder to unpack the archive in.</source>
        <translation>没有可用来解开压缩包的文件夹。</translation>
    </message>
    <message>
        <source>Report this.</source>
        <translation>请报告此问题。</translation>
    </message>
    <message>
        <source>{path} exists already.</source>
        <translation>{path} 已经存在。</translation>
    </message>
    <message>
        <source>Choose another name, or remove it; nothing is ever overwritten.</source>
        <translation>请换一个名称，或将其移走；不会覆盖任何内容。</translation>
    </message>
    <message>
        <source>Pascal VOC</source>
        <translation>Pascal VOC</translation>
    </message>
    <message>
        <source>Annotations/*.xml, JPEGImages/ and ImageSets/Main/</source>
        <translation>Annotations/*.xml、JPEGImages/ 和 ImageSets/Main/</translation>
    </message>
    <message>
        <source>YOLO</source>
        <translation>YOLO</translation>
    </message>
    <message>
        <source>data.yaml, images/train/ and labels/train/</source>
        <translation>data.yaml、images/train/ 和 labels/train/</translation>
    </message>
    <message>
        <source>The pictures to be written arrived damaged.</source>
        <translation>待写入的图片数据在传输中损坏。</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>请重试。</translation>
    </message>
    <message>
        <source>Ask for formats, preview, convert, import_begin or export_begin.</source>
        <translation>请使用 formats、preview、convert、import_begin 或 export_begin。</translation>
    </message>
    <message>
        <source>Too many imports and exports are under way.</source>
        <translation>正在进行的导入和导出太多。</translation>
    </message>
    <message>
        <source>Wait until one has ended.</source>
        <translation>请等待其中一个结束。</translation>
    </message>
    <message>
        <source>The import or export is not under way any more.</source>
        <translation>该导入或导出已不在进行。</translation>
    </message>
    <message>
        <source>Begin it again.</source>
        <translation>请重新开始。</translation>
    </message>
    <message>
        <source>This is no import.</source>
        <translation>这不是导入。</translation>
    </message>
    <message>
        <source>This is no export.</source>
        <translation>这不是导出。</translation>
    </message>
    <message>
        <source>Two annotations have the same number; both were taken.</source>
        <translation>两个标注的编号相同；两个都已取用。</translation>
    </message>
    <message>
        <source>A circle or ellipse was taken as an outline with 64 corners.</source>
        <translation>圆或椭圆已取作 64 个角点的轮廓。</translation>
    </message>
    <message>
        <source>Export as &quot;JSON&quot; or &quot;JSON-MIN&quot; in Label Studio and choose that file.</source>
        <translation>请在 Label Studio 中导出为“JSON”或“JSON-MIN”，然后选择该文件。</translation>
    </message>
</context>
<context>
    <name>gallery</name>
    <message>
        <source>{n} picture(s)</source>
        <translation>{n} 张图片</translation>
    </message>
    <message>
        <source>{n} file(s) unreadable</source>
        <translation>{n} 个文件无法读取</translation>
    </message>
    <message>
        <source>{n} picture(s) there more than once</source>
        <translation>{n} 张图片重复出现</translation>
    </message>
    <message>
        <source>{n} time(s)</source>
        <translation>{n} 次</translation>
    </message>
    <message>
        <source>{n} picture(s) chosen</source>
        <translation>选中 {n} 张图片</translation>
    </message>
    <message>
        <source>{n} label(s) taken away</source>
        <translation>去掉了 {n} 个标签</translation>
    </message>
    <message>
        <source>{n} picture(s) labelled {class}</source>
        <translation>{n} 张图片标为“{class}”</translation>
    </message>
    <message>
        <source>{n} picture(s) put into training</source>
        <translation>{n} 张图片归入训练</translation>
    </message>
    <message>
        <source>{n} picture(s) put into validation</source>
        <translation>{n} 张图片归入验证</translation>
    </message>
    <message>
        <source>{n} picture(s) put into test</source>
        <translation>{n} 张图片归入测试</translation>
    </message>
    <message>
        <source>{n} picture(s) taken out of their part</source>
        <translation>{n} 张图片不再属于任何部分</translation>
    </message>
    <message>
        <source>{n} picture(s) removed</source>
        <translation>移除了 {n} 张图片</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>No part</source>
        <translation>不属于任何部分</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Model %1</source>
        <translation>模型 %1</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Uncertainty</source>
        <translation>不确定程度</translation>
    </message>
    <message>
        <source>Suspect label</source>
        <translation>可疑标签</translation>
    </message>
    <message>
        <source>Unlike the others</source>
        <translation>与众不同</translation>
    </message>
    <message>
        <source>Near-duplicate</source>
        <translation>近似重复</translation>
    </message>
    <message>
        <source>No label</source>
        <translation>没有标签</translation>
    </message>
    <message>
        <source>Revision %1</source>
        <translation>版本 %1</translation>
    </message>
    <message>
        <source>{n} picture(s) added</source>
        <translation>增加 {n} 张图片</translation>
    </message>
    <message>
        <source>{n} label(s) changed</source>
        <translation>改动 {n} 个标签</translation>
    </message>
    <message>
        <source>{n} picture(s) in another part</source>
        <translation>{n} 张图片换了部分</translation>
    </message>
    <message>
        <source>{n} picture(s) changed</source>
        <translation>改动 {n} 张图片</translation>
    </message>
    <message>
        <source>Nothing has changed</source>
        <translation>没有任何变化</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>one class</source>
        <translation>1 个类别</translation>
    </message>
    <message>
        <source>%1 classes</source>
        <translation>%1 个类别</translation>
    </message>
    <message>
        <source>{n} picture(s) no longer labelled {class}</source>
        <translation>{n} 张图片不再有标签 {class}</translation>
    </message>
    <message>
        <source>{n} picture(s) labelled {class} too</source>
        <translation>另给 {n} 张图片加上标签 {class}</translation>
    </message>
    <message>
        <source>no classes</source>
        <translation>没有类别</translation>
    </message>
</context>
<context>
    <name>graph</name>
    <message>
        <source>There is no block with the id {id}.</source>
        <translation>没有编号为 {id} 的模块。</translation>
    </message>
    <message>
        <source>It may have been removed in the meantime; look again.</source>
        <translation>它可能刚刚被删除；请再看一下。</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; cannot be a name.</source>
        <translation>“{name}”不能作为名称。</translation>
    </message>
    <message>
        <source>Use up to 64 letters, digits, _ and -, without spaces.</source>
        <translation>最多使用 64 个字母、数字、_ 和 -，不含空格。</translation>
    </message>
    <message>
        <source>The id {id} is used by another block.</source>
        <translation>编号 {id} 已被另一个模块使用。</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>请换一个。</translation>
    </message>
    <message>
        <source>Another block is called &quot;{name}&quot;.</source>
        <translation>另一个模块叫“{name}”。</translation>
    </message>
    <message>
        <source>&quot;{free}&quot; is free.</source>
        <translation>“{free}”可以使用。</translation>
    </message>
    <message>
        <source>These two ports are linked already.</source>
        <translation>这两个端口已经相连。</translation>
    </message>
    <message>
        <source>Parameters are names with values.</source>
        <translation>参数是带有值的名称。</translation>
    </message>
    <message>
        <source>There is no group with the id {id}.</source>
        <translation>没有编号为 {id} 的组。</translation>
    </message>
    <message>
        <source>Two blocks have the id {id}.</source>
        <translation>两个模块的编号都是 {id}。</translation>
    </message>
    <message>
        <source>Delete one of them and add it again.</source>
        <translation>请删除其中一个再重新添加。</translation>
    </message>
    <message>
        <source>Two blocks are called &quot;{name}&quot;.</source>
        <translation>两个模块都叫“{name}”。</translation>
    </message>
    <message>
        <source>Rename one of them, for example to &quot;{free}&quot;.</source>
        <translation>请给其中一个改名，例如改成“{free}”。</translation>
    </message>
    <message>
        <source>The block type &quot;{type}&quot; is not installed.</source>
        <translation>没有安装模块类型“{type}”。</translation>
    </message>
    <message>
        <source>Install the pack it comes from, or remove the block; it is kept as it is.</source>
        <translation>请安装它所在的扩展包，或删除该模块；它会原样保留。</translation>
    </message>
    <message>
        <source>Did you mean &quot;{close}&quot;? Otherwise install the pack it comes from.</source>
        <translation>您是指“{close}”吗？否则请安装它所在的扩展包。</translation>
    </message>
    <message>
        <source>This block was saved by a newer version of {block} ({there}; installed is {here}).</source>
        <translation>这个模块由更新版本的 {block} 保存（那里是 {there}；已安装的是 {here}）。</translation>
    </message>
    <message>
        <source>Update Patchbay or the pack the block comes from.</source>
        <translation>请更新 Patchbay 或该模块所在的扩展包。</translation>
    </message>
    <message>
        <source>This block was saved by an older version of {block} ({there}; installed is {here}).</source>
        <translation>这个模块由较旧版本的 {block} 保存（那里是 {there}；已安装的是 {here}）。</translation>
    </message>
    <message>
        <source>Its parameters are brought up to date when the pipeline runs.</source>
        <translation>流程运行时会更新它的参数。</translation>
    </message>
    <message>
        <source>{block} has no input &quot;{port}&quot;.</source>
        <translation>{block} 没有输入“{port}”。</translation>
    </message>
    <message>
        <source>{block} has no output &quot;{port}&quot;.</source>
        <translation>{block} 没有输出“{port}”。</translation>
    </message>
    <message>
        <source>Remove the link and draw it again.</source>
        <translation>请删除连线再重新连接。</translation>
    </message>
    <message>
        <source>Did you mean &quot;{close}&quot;?</source>
        <translation>您是指“{close}”吗？</translation>
    </message>
    <message>
        <source>A link has an end at a block that is not there (&quot;{id}&quot;).</source>
        <translation>一条连线的一端所在的模块不存在（“{id}”）。</translation>
    </message>
    <message>
        <source>Remove the link.</source>
        <translation>请删除这条连线。</translation>
    </message>
    <message>
        <source>The same link is there twice, from &quot;{from}&quot;.</source>
        <translation>同一条连线出现了两次，来自“{from}”。</translation>
    </message>
    <message>
        <source>Remove one of them.</source>
        <translation>请删除其中一条。</translation>
    </message>
    <message>
        <source>{input} takes {wanted}, but &quot;{from}&quot; delivers {given}.</source>
        <translation>{input} 接受 {wanted}，而“{from}”给出 {given}。</translation>
    </message>
    <message>
        <source>Link an output of the type {wanted}, or put a block between them that makes one.</source>
        <translation>请连接类型为 {wanted} 的输出，或在中间放一个生成它的模块。</translation>
    </message>
    <message>
        <source>{input} reads {type} up to version {wanted}, but &quot;{from}&quot; writes version {given}.</source>
        <translation>{input} 最高能读取 {type} 的第 {wanted} 版，而“{from}”写的是第 {given} 版。</translation>
    </message>
    <message>
        <source>Update the pack this block comes from.</source>
        <translation>请更新此模块所在的扩展包。</translation>
    </message>
    <message>
        <source>These blocks wait for each other: {blocks}.</source>
        <translation>这些模块互相等待：{blocks}。</translation>
    </message>
    <message>
        <source>Remove one of the links between them.</source>
        <translation>请去掉它们之间的一条连线。</translation>
    </message>
    <message>
        <source>It does not run, because &quot;{from}&quot; is muted.</source>
        <translation>它不运行，因为“{from}”已停用。</translation>
    </message>
    <message>
        <source>It does not run, because &quot;{from}&quot; does not.</source>
        <translation>它不运行，因为“{from}”不运行。</translation>
    </message>
    <message>
        <source>Unmute that block, or link another one.</source>
        <translation>请启用那个模块，或连接另一个。</translation>
    </message>
    <message>
        <source>&quot;{from}&quot; is inside the loop &quot;{loop}&quot; and delivers one result a pass, but {input} takes a single one.</source>
        <translation>“{from}”在循环“{loop}”里，每一遍给出一个结果，而 {input} 只接受一个。</translation>
    </message>
    <message>
        <source>Move this block into the loop, or put a block between them that takes several.</source>
        <translation>请把这个模块移进循环，或在中间放一个接受多个结果的模块。</translation>
    </message>
    <message>
        <source>The input {input} is not linked.</source>
        <translation>输入 {input} 没有连接。</translation>
    </message>
    <message>
        <source>Link an output of the type {type} to it.</source>
        <translation>请把类型为 {type} 的输出连接到它。</translation>
    </message>
    <message>
        <source>The input {input} gets nothing, because &quot;{from}&quot; is bypassed.</source>
        <translation>输入 {input} 得不到内容，因为“{from}”被旁路。</translation>
    </message>
    <message>
        <source>A bypassed block hands its first input of the same type on as its first output, and nothing else: take it out of bypass, or link another block.</source>
        <translation>被旁路的模块只把第一个同类型的输入作为第一个输出传下去：请取消旁路，或连接另一个模块。</translation>
    </message>
    <message>
        <source>The input {input} has {n} links, but takes one.</source>
        <translation>输入 {input} 有 {n} 条连线，但只接受一条。</translation>
    </message>
    <message>
        <source>Remove all but one.</source>
        <translation>请只保留一条。</translation>
    </message>
    <message>
        <source>The input {input} needs {least} or more and has {n}.</source>
        <translation>输入 {input} 需要 {least} 条或更多，现有 {n} 条。</translation>
    </message>
    <message>
        <source>Link more outputs of the type {type} to it.</source>
        <translation>请再连接类型为 {type} 的输出。</translation>
    </message>
    <message>
        <source>A part of the pipeline that is to be removed is not there: {id}.</source>
        <translation>要删除的流程部分不存在：{id}。</translation>
    </message>
    <message>
        <source>The list of blocks cannot be read.</source>
        <translation>无法读取模块列表。</translation>
    </message>
    <message>
        <source>Engine, worker and packs must come from one version; install Patchbay again.</source>
        <translation>引擎、工作程序和扩展包必须来自同一版本；请重新安装 Patchbay。</translation>
    </message>
    <message>
        <source>The parameters of this block are of an older version and cannot be brought up to date here.</source>
        <translation>此模块的参数属于较旧的版本，在这里无法更新。</translation>
    </message>
    <message>
        <source>Open the pipeline in a project, where the block itself can do it.</source>
        <translation>请在项目中打开流程，由模块自己更新。</translation>
    </message>
    <message>
        <source>There is no such link.</source>
        <translation>没有这条连线。</translation>
    </message>
    <message>
        <source>This pipeline cannot be read: {problems}.</source>
        <translation>无法读取这个流程：{problems}。</translation>
    </message>
    <message>
        <source>Correct these places in a text editor, or restore the file from a copy.</source>
        <translation>请在文本编辑器中改正这些地方，或用副本恢复文件。</translation>
    </message>
    <message>
        <source>This is not a Patchbay pipeline: it has no format version.</source>
        <translation>这不是 Patchbay 流程：没有格式版本。</translation>
    </message>
    <message>
        <source>Choose a pipeline saved by Patchbay; `patchbay new` makes one from a template.</source>
        <translation>请选择由 Patchbay 保存的流程；`patchbay new` 可从模板新建。</translation>
    </message>
    <message>
        <source>This pipeline was saved by a newer Patchbay (format {version}; this one reads up to {known}).</source>
        <translation>这个流程由更新的 Patchbay 保存（格式 {version}；此版本最多读到 {known}）。</translation>
    </message>
    <message>
        <source>Update Patchbay. The file was not changed.</source>
        <translation>请更新 Patchbay。文件没有改动。</translation>
    </message>
    <message>
        <source>Two groups have the same id.</source>
        <translation>两个组的编号相同。</translation>
    </message>
    <message>
        <source>The group &quot;{group}&quot; lists &quot;{id}&quot;, which is not there.</source>
        <translation>组“{group}”列出了不存在的“{id}”。</translation>
    </message>
    <message>
        <source>Remove it from the group.</source>
        <translation>请把它从组中去掉。</translation>
    </message>
    <message>
        <source>The loop &quot;{group}&quot; has nothing to go through.</source>
        <translation>循环“{group}”没有可以遍历的内容。</translation>
    </message>
    <message>
        <source>Give it an axis with values, or make it an ordinary group.</source>
        <translation>请给它一个带值的变量，或改成普通组。</translation>
    </message>
    <message>
        <source>The loop &quot;{group}&quot; has an axis whose name &quot;{axis}&quot; cannot be used.</source>
        <translation>循环“{group}”有一个变量名“{axis}”不能使用。</translation>
    </message>
    <message>
        <source>Use letters, digits, _ and -.</source>
        <translation>请使用字母、数字、_ 和 -。</translation>
    </message>
    <message>
        <source>The axis &quot;{axis}&quot; has both values and a count.</source>
        <translation>变量“{axis}”既有值又有次数。</translation>
    </message>
    <message>
        <source>Keep one of them.</source>
        <translation>请只保留一个。</translation>
    </message>
    <message>
        <source>The axis &quot;{axis}&quot; has {n} value(s).</source>
        <translation>变量“{axis}”有 {n} 个值。</translation>
    </message>
    <message>
        <source>Give it 1 to {max} values.</source>
        <translation>请给它 1 到 {max} 个值。</translation>
    </message>
    <message>
        <source>The axis &quot;{axis}&quot; has the value {value} twice.</source>
        <translation>变量“{axis}”的值 {value} 出现了两次。</translation>
    </message>
    <message>
        <source>Nothing takes the values of the axis &quot;{axis}&quot;, so all its passes are equal.</source>
        <translation>没有参数使用变量“{axis}”的值，所以每一遍都相同。</translation>
    </message>
    <message>
        <source>Bind it to a parameter, or call it &quot;seed&quot; to repeat what is random.</source>
        <translation>请把它绑定到一个参数；若要重复随机过程，请命名为 &quot;seed&quot;。</translation>
    </message>
    <message>
        <source>The axis &quot;{axis}&quot; varies several parameters together, and a count says nothing of what each of them takes.</source>
        <translation>变量“{axis}”同时改变几个参数，而次数没有说明每个参数取什么值。</translation>
    </message>
    <message>
        <source>Give it values: lists with one entry for each parameter.</source>
        <translation>请给它值：每个值是一个列表，每个参数一项。</translation>
    </message>
    <message>
        <source>Value {i} of the axis &quot;{axis}&quot; is {value}, but {n} parameter(s) vary together.</source>
        <translation>变量“{axis}”的第 {i} 个值是 {value}，但有 {n} 个参数同时改变。</translation>
    </message>
    <message>
        <source>Write every value as a list with one entry for each bound parameter, in their order.</source>
        <translation>请把每个值写成列表，按顺序为每个绑定的参数写一项。</translation>
    </message>
    <message>
        <source>The loops &quot;{group}&quot; and &quot;{other}&quot; share some of their blocks.</source>
        <translation>循环“{group}”和“{other}”有共同的模块。</translation>
    </message>
    <message>
        <source>Put one wholly inside the other, or keep them apart.</source>
        <translation>请把一个完全放进另一个，或把它们分开。</translation>
    </message>
    <message>
        <source>Two axes around the same blocks are called &quot;{axis}&quot;.</source>
        <translation>围绕同样模块的两个变量都叫“{axis}”。</translation>
    </message>
    <message>
        <source>Rename one of them.</source>
        <translation>请给其中一个改名。</translation>
    </message>
    <message>
        <source>The loops around &quot;{group}&quot; make {n} passes or more.</source>
        <translation>围绕“{group}”的循环要运行 {n} 遍或更多。</translation>
    </message>
    <message>
        <source>Shorten an axis: {max} passes are the most.</source>
        <translation>请缩短一个变量：最多 {max} 遍。</translation>
    </message>
    <message>
        <source>The axis &quot;{axis}&quot; is bound to &quot;{target}&quot;, which is not a block&apos;s parameter.</source>
        <translation>变量“{axis}”绑定到“{target}”，它不是模块的参数。</translation>
    </message>
    <message>
        <source>Write the block&apos;s name, a dot and the parameter.</source>
        <translation>请写模块名、一个点和参数名。</translation>
    </message>
    <message>
        <source>Did you mean the block &quot;{close}&quot;?</source>
        <translation>您是指模块“{close}”吗？</translation>
    </message>
    <message>
        <source>The axis &quot;{axis}&quot; is bound to &quot;{target}&quot;, but that block is outside the loop.</source>
        <translation>变量“{axis}”绑定到“{target}”，但该模块在循环之外。</translation>
    </message>
    <message>
        <source>Move the block into the loop, or remove the binding.</source>
        <translation>请把模块移进循环，或去掉绑定。</translation>
    </message>
    <message>
        <source>&quot;{target}&quot; is bound twice.</source>
        <translation>“{target}”绑定了两次。</translation>
    </message>
    <message>
        <source>Remove one of the bindings.</source>
        <translation>请去掉其中一个绑定。</translation>
    </message>
    <message>
        <source>{hint} {n} more problem(s): `patchbay check` lists all.</source>
        <translation>{hint} 还有 {n} 个问题：`patchbay check` 会列出全部。</translation>
    </message>
</context>
<context>
    <name>history</name>
    <message>
        <source>Classes changed</source>
        <translation>类别已更改</translation>
    </message>
    <message>
        <source>Classes renamed</source>
        <translation>类别已改名</translation>
    </message>
    <message>
        <source>Back to the empty beginning</source>
        <translation>回到空的起点</translation>
    </message>
    <message>
        <source>Back to revision {number}</source>
        <translation>回到修订 {number}</translation>
    </message>
    <message>
        <source>Back to &quot;{name}&quot;</source>
        <translation>回到“{name}”</translation>
    </message>
    <message>
        <source>Revision {number} undone</source>
        <translation>撤销修订 {number}</translation>
    </message>
    <message>
        <source>Revision {number} done again</source>
        <translation>重做修订 {number}</translation>
    </message>
    <message>
        <source>Data set: revision {before} -&gt; {now}.</source>
        <translation>数据集：修订 {before} -&gt; {now}。</translation>
    </message>
    <message>
        <source>Data set: revision {before} -&gt; {now}, {n} label(s) changed.</source>
        <translation>数据集：修订 {before} -&gt; {now}，{n} 个标签已更改。</translation>
    </message>
    <message>
        <source>Data set: revision {before} -&gt; {now}: {added} added, {removed} removed, {labels} labelled anew, {others} changed otherwise.</source>
        <translation>数据集：修订 {before} -&gt; {now}：增加 {added}，删除 {removed}，重新标注 {labels}，其他更改 {others}。</translation>
    </message>
    <message>
        <source>Merged with another copy of the project</source>
        <translation>与项目的另一个副本合并</translation>
    </message>
    <message>
        <source>{n} picture(s) changed</source>
        <translation>更改了 {n} 张图片</translation>
    </message>
    <message>
        <source>{n} picture(s) removed</source>
        <translation>删除了 {n} 张图片</translation>
    </message>
    <message>
        <source>Label of {n} picture(s) removed</source>
        <translation>已去掉 {n} 张图片的标签</translation>
    </message>
    <message>
        <source>{n} picture(s) labelled {label}</source>
        <translation>把 {n} 张图片标为 {label}</translation>
    </message>
    <message>
        <source>{n} picture(s) moved to {split}</source>
        <translation>把 {n} 张图片移到 {split}</translation>
    </message>
    <message>
        <source>{n} picture(s) put into the group {group}</source>
        <translation>把 {n} 张图片放入组 {group}</translation>
    </message>
    <message>
        <source>{n} picture(s) annotated</source>
        <translation>标注了 {n} 张图片</translation>
    </message>
    <message>
        <source>Imported {name}</source>
        <translation>导入了 {name}</translation>
    </message>
    <message>
        <source>{n} suggestion(s) accepted</source>
        <translation>接受了 {n} 条建议</translation>
    </message>
</context>
<context>
    <name>inspector</name>
    <message>
        <source>%1 %2</source>
        <comment>number and unit</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>several values</source>
        <translation>多个值</translation>
    </message>
    <message>
        <source>px</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>%</source>
        <translation>%</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>张图片</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>°</source>
        <translation>°</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
</context>
<context>
    <name>jobs</name>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln epoch(s)</source>
        <translation>
            <numerusform>%Ln 轮</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation>
            <numerusform>%Ln 步</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln 个文件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln fit(s)</source>
        <translation>
            <numerusform>%Ln 次拟合</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1, %2 left</source>
        <translation>%1，剩余 %2</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行记录</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Done before, taken from the store</source>
        <translation>先前已完成，取自存储</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>未运行</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>%1 of %2 blocks done</source>
        <translation>已完成 %1 / %2 个模块</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>张图片</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>files</source>
        <translation>个文件</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>次拟合</translation>
    </message>
    <message>
        <source>Untitled pipeline</source>
        <translation>未命名的流程</translation>
    </message>
    <message>
        <source>%1 of %2 steps done</source>
        <translation>已完成 %1 / %2 步</translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln 个失败</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out</source>
        <translation>
            <numerusform>%Ln 个略过</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopping: %1</source>
        <translation>正在停止：%1</translation>
    </message>
    <message>
        <source>Paused: %1</source>
        <translation>已暂停：%1</translation>
    </message>
</context>
<context>
    <name>learn</name>
    <message>
        <source>{rows} rows of features came with {labels} labels.</source>
        <translation>{rows} 行特征对应 {labels} 个标签。</translation>
    </message>
    <message>
        <source>Features and labels must come from the same data set, with at least one item.</source>
        <translation>特征和标签必须来自同一数据集，并且至少有一项。</translation>
    </message>
    <message>
        <source>A label is {label}, outside 0 to {last}.</source>
        <translation>有一个标签是 {label}，不在 0 到 {last} 之间。</translation>
    </message>
    <message>
        <source>Leave unlabelled items out of training.</source>
        <translation>训练时请不要包含没有标签的图片。</translation>
    </message>
    <message>
        <source>All training items are of one class, so there is nothing to tell apart.</source>
        <translation>所有训练图片都是同一类，没有可区分的内容。</translation>
    </message>
    <message>
        <source>Label pictures of at least one other class, or check the split.</source>
        <translation>请标注至少另一类的图片，或检查划分。</translation>
    </message>
    <message>
        <source>The ridge penalty must be greater than 0.</source>
        <translation>岭回归的惩罚必须大于 0。</translation>
    </message>
    <message>
        <source>1 is usual.</source>
        <translation>通常为 1。</translation>
    </message>
    <message>
        <source>Shrinkage must be between 0 and 1.</source>
        <translation>收缩系数必须在 0 和 1 之间。</translation>
    </message>
    <message>
        <source>Leave it empty to estimate it.</source>
        <translation>留空则自动估计。</translation>
    </message>
    <message>
        <source>The temperature must be greater than 0.</source>
        <translation>温度必须大于 0。</translation>
    </message>
    <message>
        <source>0.07 is usual.</source>
        <translation>通常为 0.07。</translation>
    </message>
    <message>
        <source>Class {class} has no training item.</source>
        <translation>类别 {class} 没有训练图片。</translation>
    </message>
    <message>
        <source>Label at least one picture of it, or remove the class.</source>
        <translation>请至少标注一张该类图片，或去掉该类别。</translation>
    </message>
    <message>
        <source>There is nothing of the same kind to compare with.</source>
        <translation>没有同类的内容可以比较。</translation>
    </message>
    <message>
        <source>Both sides need features of the same backbone, with at least one item.</source>
        <translation>两边需要来自同一骨干网络的特征，并且至少有一项。</translation>
    </message>
    <message>
        <source>The number of neighbours and the temperature must be greater than 0.</source>
        <translation>近邻数和温度必须大于 0。</translation>
    </message>
    <message>
        <source>20 neighbours and 0.07 are usual.</source>
        <translation>通常为 20 个近邻和 0.07。</translation>
    </message>
    <message>
        <source>The validation items are all of one class, so no threshold can be chosen on them.</source>
        <translation>验证图片都是同一类，无法据此选择阈值。</translation>
    </message>
    <message>
        <source>Give the validation part items of both classes, or keep the threshold 0.5.</source>
        <translation>请让验证部分包含两个类别，或保持阈值 0.5。</translation>
    </message>
    <message>
        <source>no interval: the figure is not defined for these items</source>
        <translation>没有区间：该指标对这些图片没有定义</translation>
    </message>
    <message>
        <source>{level} % percentile bootstrap, {resamples} resamples of whole groups</source>
        <translation>{level} % 百分位自助法，对整组重采样 {resamples} 次</translation>
    </message>
    <message>
        <source>{level} % percentile bootstrap, {resamples} resamples of items</source>
        <translation>{level} % 百分位自助法，逐项重采样 {resamples} 次</translation>
    </message>
    <message>
        <source>no interval: there is only one run</source>
        <translation>没有区间：只有一次运行</translation>
    </message>
    <message>
        <source>The two models were not measured on the same folds and seeds.</source>
        <translation>两个模型不是在相同的折和种子上测量的。</translation>
    </message>
    <message>
        <source>Run both with the same split and the same seeds.</source>
        <translation>请让两者使用相同的划分和种子。</translation>
    </message>
    <message>
        <source>no interval: there are no items</source>
        <translation>没有区间：没有图片</translation>
    </message>
    <message>
        <source>{level} % Wilson score interval, {n} item(s)</source>
        <translation>{level} % Wilson 得分区间，{n} 项</translation>
    </message>
    <message>
        <source>{level} % Student t interval of the mean of {n} run(s)</source>
        <translation>{level} % 学生 t 区间，{n} 次运行的平均值</translation>
    </message>
    <message>
        <source>{level} % paired t interval over {n} run(s)</source>
        <translation>{level} % 配对 t 区间，{n} 次运行</translation>
    </message>
    <message>
        <source>{level} % corrected resampled t interval (Nadeau and Bengio) over {n} fold(s)</source>
        <translation>{level} % 校正重采样 t 区间（Nadeau 和 Bengio），{n} 折</translation>
    </message>
    <message>
        <source>There are no items to evaluate on.</source>
        <translation>没有可供评估的图片。</translation>
    </message>
    <message>
        <source>Give the split a test part with labelled items.</source>
        <translation>请让划分包含带标签图片的测试部分。</translation>
    </message>
    <message>
        <source>Predictions and labels do not belong to the same items.</source>
        <translation>预测和标签不属于相同的图片。</translation>
    </message>
    <message>
        <source>Evaluate predictions on the data set they were made for.</source>
        <translation>请在生成预测的那个数据集上评估。</translation>
    </message>
    <message>
        <source>There are no items to learn from.</source>
        <translation>没有可供学习的图片。</translation>
    </message>
    <message>
        <source>Connect a data set that holds pictures in its training part.</source>
        <translation>请连接训练部分含有图片的数据集。</translation>
    </message>
    <message>
        <source>Connect a data set that holds labelled pictures in its training part.</source>
        <translation>请连接训练部分含有带标签图片的数据集。</translation>
    </message>
    <message>
        <source>Features and labels must come from the same data set; run the embedding again.</source>
        <translation>特征和标签必须来自同一数据集；请重新提取特征。</translation>
    </message>
    <message>
        <source>There is only one class, so there is nothing to tell apart.</source>
        <translation>只有一个类别，没有可区分的内容。</translation>
    </message>
    <message>
        <source>Label pictures of at least one other class.</source>
        <translation>请标注至少另一类的图片。</translation>
    </message>
    <message>
        <source>{given} class weights were given for {classes} classes.</source>
        <translation>给了 {given} 个类别权重，而类别有 {classes} 个。</translation>
    </message>
    <message>
        <source>Give one weight a class, or none.</source>
        <translation>请每个类别给一个权重，或都不给。</translation>
    </message>
    <message>
        <source>The weight of row {row} is negative or not a number.</source>
        <translation>第 {row} 行的权重为负或不是数字。</translation>
    </message>
    <message>
        <source>Weights must be 0 or greater.</source>
        <translation>权重必须大于或等于 0。</translation>
    </message>
    <message>
        <source>Row {row} has label {label}, outside 0 to {last}.</source>
        <translation>第 {row} 行的标签是 {label}，不在 0 到 {last} 之间。</translation>
    </message>
    <message>
        <source>The class probabilities of row {row} are negative or all zero.</source>
        <translation>第 {row} 行的类别概率为负或全为零。</translation>
    </message>
    <message>
        <source>Every training item needs at least one class with a probability above 0.</source>
        <translation>每张训练图片至少要有一个类别的概率大于 0。</translation>
    </message>
    <message>
        <source>C is {c}; it must be greater than 0.</source>
        <translation>C 为 {c}；它必须大于 0。</translation>
    </message>
    <message>
        <source>Values between 0.0001 and 1000 are usual.</source>
        <translation>通常在 0.0001 到 1000 之间。</translation>
    </message>
    <message>
        <source>Tolerance and number of iterations must be greater than 0.</source>
        <translation>容差和迭代次数必须大于 0。</translation>
    </message>
    <message>
        <source>Leave them at 0.0001 and 1000.</source>
        <translation>请保持 0.0001 和 1000。</translation>
    </message>
    <message>
        <source>A class weight is negative or not a number.</source>
        <translation>有一个类别权重为负或不是数字。</translation>
    </message>
    <message>
        <source>Class weights must be 0 or greater.</source>
        <translation>类别权重必须大于或等于 0。</translation>
    </message>
    <message>
        <source>All weights are 0.</source>
        <translation>所有权重都是 0。</translation>
    </message>
    <message>
        <source>Give at least two classes a weight above 0.</source>
        <translation>请至少给两个类别大于 0 的权重。</translation>
    </message>
    <message>
        <source>The head to start from has another number of classes or features.</source>
        <translation>作为起点的分类头的类别数或特征数不同。</translation>
    </message>
    <message>
        <source>Start from scratch, or from a head for the same classes and backbone.</source>
        <translation>请从头开始，或使用类别和骨干网络相同的分类头。</translation>
    </message>
    <message>
        <source>Training was stopped.</source>
        <translation>训练已停止。</translation>
    </message>
    <message>
        <source>Run it again when you like.</source>
        <translation>需要时再运行即可。</translation>
    </message>
    <message>
        <source>All {n} item(s) of class {class} are in one of the {folds} folds, so cross-validation cannot learn it.</source>
        <translation>类别 {class} 的 {n} 项全部落在 {folds} 折中的一折里，交叉验证学不到它。</translation>
    </message>
    <message>
        <source>Label more items of this class, use fewer folds, or set C by hand.</source>
        <translation>请多标注一些该类图片，减少折数，或手动设置 C。</translation>
    </message>
    <message>
        <source>Choosing the penalty</source>
        <translation>正在选择惩罚</translation>
    </message>
    <message>
        <source>A value of C to try is not greater than 0.</source>
        <translation>要尝试的一个 C 值不大于 0。</translation>
    </message>
    <message>
        <source>The folds do not belong to these items.</source>
        <translation>折与这些图片不对应。</translation>
    </message>
    <message>
        <source>Make the folds from the same data set.</source>
        <translation>请用同一数据集生成折。</translation>
    </message>
    <message>
        <source>Row {row}, feature {feature} is not a finite number.</source>
        <translation>第 {row} 行第 {feature} 个特征不是有限的数。</translation>
    </message>
    <message>
        <source>Leave this item out, or compute its features again; a damaged picture or a diverged model makes such values.</source>
        <translation>请去掉这张图片，或重新计算它的特征；损坏的图片或发散的模型会产生这样的值。</translation>
    </message>
    <message>
        <source>There are no validation items to choose a temperature on.</source>
        <translation>没有验证图片可用来选择温度。</translation>
    </message>
    <message>
        <source>Give the split a validation part.</source>
        <translation>请给划分一个验证部分。</translation>
    </message>
    <message>
        <source>Labels and scores do not belong to the same items.</source>
        <translation>标签和分数不属于相同的图片。</translation>
    </message>
    <message>
        <source>Evaluate on labelled items of the classes the model knows.</source>
        <translation>请在模型认识的类别的带标签图片上评估。</translation>
    </message>
    <message>
        <source>There are no items to split.</source>
        <translation>没有可以划分的图片。</translation>
    </message>
    <message>
        <source>Connect a data set that holds at least one picture.</source>
        <translation>请连接至少含有一张图片的数据集。</translation>
    </message>
    <message>
        <source>Two items have the same id {id}.</source>
        <translation>两张图片的编号都是 {id}。</translation>
    </message>
    <message>
        <source>Every item needs an id of its own; import the data set again.</source>
        <translation>每张图片都需要自己的编号；请重新导入数据集。</translation>
    </message>
    <message>
        <source>Group {group} was split earlier: some of its items are in {a}, some in {b}.</source>
        <translation>组 {group} 先前已划分：有些在 {a}，有些在 {b}。</translation>
    </message>
    <message>
        <source>Split anew, without the earlier split, or group by another column.</source>
        <translation>请不用先前的划分重新划分，或按另一列分组。</translation>
    </message>
    <message>
        <source>The shares for validation ({validation}) and test ({test}) leave nothing to train on.</source>
        <translation>验证（{validation}）和测试（{test}）的比例没有给训练留下图片。</translation>
    </message>
    <message>
        <source>Choose two shares of 0 or more with a sum below 1.</source>
        <translation>请选择两个大于或等于 0、总和小于 1 的比例。</translation>
    </message>
    <message>
        <source>Cross-validation needs at least 2 folds.</source>
        <translation>交叉验证至少需要 2 折。</translation>
    </message>
    <message>
        <source>5 folds are usual.</source>
        <translation>通常为 5 折。</translation>
    </message>
    <message>
        <source>{n} independent item(s) or group(s) cannot fill {folds} folds.</source>
        <translation>{n} 个独立的图片或组填不满 {folds} 折。</translation>
    </message>
    <message>
        <source>Use fewer folds or label more items.</source>
        <translation>请减少折数或标注更多图片。</translation>
    </message>
    <message>
        <source>Say either how many items of each class keep their label, or how many per cent.</source>
        <translation>请说明每类保留多少张标签，或保留百分之几，只选其一。</translation>
    </message>
    <message>
        <source>For example 5 per class, or 10 per cent.</source>
        <translation>例如每类 5 张，或 10 %。</translation>
    </message>
    <message>
        <source>There are no labels to look at.</source>
        <translation>没有可查看的标签。</translation>
    </message>
    <message>
        <source>Label some pictures first.</source>
        <translation>请先标注一些图片。</translation>
    </message>
    <message>
        <source>Leave unlabelled items out.</source>
        <translation>请排除未标注的项目。</translation>
    </message>
    <message>
        <source>{labels} labels came with probabilities of {rows} items.</source>
        <translation>{labels} 个标签对应了 {rows} 个项目的概率。</translation>
    </message>
    <message>
        <source>Probabilities and labels must come from the same data set.</source>
        <translation>概率和标签必须来自同一数据集。</translation>
    </message>
    <message>
        <source>no interval: every resample gives the same value</source>
        <translation>无区间：每次重抽样都得到同一个值</translation>
    </message>
    <message>
        <source>no interval: all {n} run(s) gave the same value</source>
        <translation>无区间：{n} 次运行都得到同一个值</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>Run again to go on.</source>
        <translation>再次运行以继续。</translation>
    </message>
    <message>
        <source>{level} % Wilson score bound: {n} group(s), all alike</source>
        <translation>{level} % 威尔逊得分界限：{n} 组，结果全部相同</translation>
    </message>
    <message>
        <source>{level} % Wilson score bound: {n} item(s), all alike</source>
        <translation>{level} % 威尔逊得分界限：{n} 项，结果全部相同</translation>
    </message>
    <message>
        <source>The features of a picture are of another network.</source>
        <translation>某张图片的特征来自另一个网络。</translation>
    </message>
    <message>
        <source>Compute them again.</source>
        <translation>请重新计算特征。</translation>
    </message>
    <message>
        <source>cross-validation on the labelled pictures; hard ones are asked for first, so all together may be easier</source>
        <translation>在已标注图片上交叉验证；难的图片优先被要求标注，因此全部图片可能更容易</translation>
    </message>
    <message>
        <source>With {n} label(s) it is too early to say how good the model is; {least} at least, of two classes, are needed.</source>
        <translation>{n} 个标签太少，无法判断模型好坏；至少需要 {least} 个，且来自两个类别。</translation>
    </message>
    <message>
        <source>Of {n} labelled pictures, {value} of all yes-or-no answers are right ({low} - {high}).</source>
        <translation>在 {n} 张已标注图片中，{value} 的是非判断正确（{low} - {high}）。</translation>
    </message>
    <message>
        <source>Of {n} labelled pictures {value} are recognised ({low} - {high}); more labels are needed to say what further ones would bring.</source>
        <translation>{n} 张已标注图片中有 {value} 被正确识别（{low} - {high}）；还需更多标签才能说明继续标注会带来什么。</translation>
    </message>
    <message>
        <source>Of {n} labelled pictures {value} are recognised ({low} - {high}). {more} more labels: {gain} points ({gain_low} to {gain_high}).</source>
        <translation>{n} 张已标注图片中有 {value} 被正确识别（{low} - {high}）。再标注 {more} 张：{gain} 个百分点（{gain_low} 至 {gain_high}）。</translation>
    </message>
    <message>
        <source>Start again when you want the result.</source>
        <translation>需要结果时请重新开始。</translation>
    </message>
    <message>
        <source>There is nothing to group.</source>
        <translation>没有可分组的内容。</translation>
    </message>
    <message>
        <source>Give at least one picture.</source>
        <translation>请至少提供一张图片。</translation>
    </message>
    <message>
        <source>resampled orders of the labels</source>
        <translation>对标注顺序重抽样</translation>
    </message>
    <message>
        <source>a - b n^-c fitted to resampled orders of the labels</source>
        <translation>对重抽样的标注顺序拟合 a - b n^-c</translation>
    </message>
    <message>
        <source>The most typical of {n} similar pictures, none of which is labelled; those around it are {typicality} alike.</source>
        <translation>{n} 张相似图片中最典型的一张，它们都未标注；与周围图片的相似度为 {typicality}。</translation>
    </message>
    <message>
        <source>The most typical of {n} similar pictures, {known} of which are labelled; the most alike of these or others, {picture}, is {label} ({alike}).</source>
        <translation>{n} 张相似图片中最典型的一张，其中 {known} 张已标注；最相似的已标注图片 {picture} 是 {label}（{alike}）。</translation>
    </message>
    <message>
        <source>The most typical of {n} similar pictures, none of which is labelled; those around it are {typicality} alike, the nearest labelled one, {picture} ({label}), only {alike}.</source>
        <translation>{n} 张相似图片中最典型的一张，它们都未标注；与周围图片的相似度为 {typicality}，而最近的已标注图片 {picture}（{label}）仅为 {alike}。</translation>
    </message>
    <message>
        <source>The model hesitates between {first} ({p}) and {second} ({q}).</source>
        <translation>模型在 {first}（{p}）与 {second}（{q}）之间犹豫。</translation>
    </message>
    <message>
        <source>The model hesitates between {first} ({p}) and {second} ({q}); the most alike labelled pictures, such as {picture} ({alike}), are {label}.</source>
        <translation>模型在 {first}（{p}）与 {second}（{q}）之间犹豫；最相似的已标注图片，例如 {picture}（{alike}），是 {label}。</translation>
    </message>
    <message>
        <source>The model hesitates between {first} ({p}) and {second} ({q}); {picture} ({alike} alike) is {label}, {picture2} ({alike2}) is {label2}.</source>
        <translation>模型在 {first}（{p}）与 {second}（{q}）之间犹豫；{picture}（相似度 {alike}）是 {label}，{picture2}（{alike2}）是 {label2}。</translation>
    </message>
    <message>
        <source>The model is not sure whether this is {first} ({p}).</source>
        <translation>模型不确定这是否为 {first}（{p}）。</translation>
    </message>
    <message>
        <source>The model is not sure whether this is {first} ({p}); the most alike labelled picture, {picture} ({alike}), is {label}.</source>
        <translation>模型不确定这是否为 {first}（{p}）；最相似的已标注图片 {picture}（{alike}）是 {label}。</translation>
    </message>
    <message>
        <source>{first} ({p}), says the model, but changed its mind {changes} of {rounds} times when it saw a part of the features only.</source>
        <translation>模型判断为 {first}（{p}），但只看部分特征时，{rounds} 次中有 {changes} 次改变了判断。</translation>
    </message>
    <message>
        <source>{first} ({p}), says the model, but changed its mind {changes} of {rounds} times when it saw a part of the features only; the most alike labelled picture, {picture} ({alike}), is {label}.</source>
        <translation>模型判断为 {first}（{p}），但只看部分特征时，{rounds} 次中有 {changes} 次改变了判断；最相似的已标注图片 {picture}（{alike}）是 {label}。</translation>
    </message>
    <message>
        <source>Chosen at random, so that what is measured holds for all pictures.</source>
        <translation>随机选取，使测量结果适用于所有图片。</translation>
    </message>
    <message>
        <source>{first} ({p}), says the model, and hardly hesitates.</source>
        <translation>模型认为是 {first}（{p}），几乎没有犹豫。</translation>
    </message>
    <message>
        <source>{first} ({p}), says the model, and hardly hesitates; the most alike labelled picture, {picture} ({alike}), is {label}.</source>
        <translation>模型认为是 {first}（{p}），几乎没有犹豫；最相似的已标注图片 {picture}（{alike}）是 {label}。</translation>
    </message>
</context>
<context>
    <name>lights</name>
    <message>
        <source>Pass %1 of %2</source>
        <translation>第 %1 遍，共 %2 遍</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>A block before it runs first; only then it is known whether this one has to run again.</source>
        <translation>它前面的模块先运行，然后才知道它是否要重新运行。</translation>
    </message>
    <message>
        <source>Waits for its next pass.</source>
        <translation>等待它的下一遍。</translation>
    </message>
    <message>
        <source>Waits for the blocks before it.</source>
        <translation>等待前面的模块。</translation>
    </message>
    <message>
        <source>Muted: it and what needs it do not run. Ctrl+M turns it on again.</source>
        <translation>已停用：它和需要它的模块都不运行。按 Ctrl+M 重新启用。</translation>
    </message>
    <message>
        <source>Paused: there is something to do first.</source>
        <translation>已暂停：需要先处理一件事。</translation>
    </message>
</context>
<context>
    <name>metric</name>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Balanced accuracy</source>
        <translation>平衡准确率</translation>
    </message>
    <message>
        <source>F1, mean of classes</source>
        <translation>F1，各类平均</translation>
    </message>
    <message>
        <source>F1, all labels together</source>
        <translation>F1，全部标签合计</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Area under ROC</source>
        <translation>ROC 曲线下面积</translation>
    </message>
    <message>
        <source>Average precision</source>
        <translation>平均精度</translation>
    </message>
    <message>
        <source>Mean average precision</source>
        <translation>平均精度均值</translation>
    </message>
    <message>
        <source>Calibration error</source>
        <translation>校准误差</translation>
    </message>
    <message>
        <source>Log loss</source>
        <translation>对数损失</translation>
    </message>
    <message>
        <source>Brier score</source>
        <translation>Brier 分数</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行次数</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Pictures per second</source>
        <translation>每秒图片数</translation>
    </message>
    <message>
        <source>Pictures per second in training</source>
        <translation>训练时每秒图片数</translation>
    </message>
    <message>
        <source>Validation accuracy</source>
        <translation>验证准确率</translation>
    </message>
    <message>
        <source>Validation balanced accuracy</source>
        <translation>验证平衡准确率</translation>
    </message>
    <message>
        <source>Validation loss</source>
        <translation>验证损失</translation>
    </message>
    <message>
        <source>Validation mean average precision</source>
        <translation>验证平均精度均值</translation>
    </message>
    <message>
        <source>Regularisation C</source>
        <translation>正则化 C</translation>
    </message>
    <message>
        <source>Milliseconds per picture</source>
        <translation>每张图片毫秒数</translation>
    </message>
    <message>
        <source>Milliseconds per 8 pictures</source>
        <translation>每 8 张图片毫秒数</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>All labels right</source>
        <translation>标签全对</translation>
    </message>
    <message>
        <source>Share of wrong labels</source>
        <translation>标签错误比例</translation>
    </message>
    <message>
        <source>Right within one step</source>
        <translation>相差不超过一级</translation>
    </message>
    <message>
        <source>Steps beside the truth</source>
        <translation>与真值相差的级数</translation>
    </message>
    <message>
        <source>Pairs compared</source>
        <translation>比较的图片对</translation>
    </message>
    <message>
        <source>Doubled pictures</source>
        <translation>重复图片</translation>
    </message>
    <message>
        <source>Conflicting labels</source>
        <translation>相互冲突的标签</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Folds</source>
        <translation>折数</translation>
    </message>
    <message>
        <source>Wrong labels, estimated</source>
        <translation>估计的错误标签</translation>
    </message>
    <message>
        <source>Share of wrong labels, estimated</source>
        <translation>估计的错误标签比例</translation>
    </message>
    <message>
        <source>Training pictures</source>
        <translation>训练图片</translation>
    </message>
    <message>
        <source>Pictures held out</source>
        <translation>留出的图片</translation>
    </message>
</context>
<context>
    <name>names</name>
    <message>
        <source>seed %1</source>
        <translation>种子 %1</translation>
    </message>
    <message>
        <source>fold %1</source>
        <translation>第 %1 折</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>variable of a loop and its value</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>title of a block and its number</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the variables of a pass</comment>
        <translation>，</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>title and name of a block</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>block and pass of its loop</comment>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>net</name>
    <message>
        <source>There is no architecture called {name}.</source>
        <translation>没有名为 {name} 的网络结构。</translation>
    </message>
    <message>
        <source>Choose one of efficientnet_lite0, efficientnet_lite1, efficientnet_lite2, resnet18, resnet50.</source>
        <translation>请选择 efficientnet_lite0、efficientnet_lite1、efficientnet_lite2、resnet18、resnet50 之一。</translation>
    </message>
    <message>
        <source>The stored model cannot be read.</source>
        <translation>无法读取存储的模型。</translation>
    </message>
    <message>
        <source>Run the pipeline again, so that it is made anew.</source>
        <translation>请再次运行流程以重新生成。</translation>
    </message>
    <message>
        <source>The network has a step of the unknown kind {kind}.</source>
        <translation>网络中有未知类型 {kind} 的步骤。</translation>
    </message>
    <message>
        <source>Open it with the version of Patchbay that wrote it, or a newer one.</source>
        <translation>请用写出它的 Patchbay 版本或更新的版本打开。</translation>
    </message>
    <message>
        <source>The network was written by a newer version of Patchbay.</source>
        <translation>网络由更新版本的 Patchbay 写出。</translation>
    </message>
    <message>
        <source>Update Patchbay.</source>
        <translation>请更新 Patchbay。</translation>
    </message>
    <message>
        <source>The ONNX file cannot be used: {what}.</source>
        <translation>无法使用这个 ONNX 文件：{what}。</translation>
    </message>
    <message>
        <source>Export the model again, as one file with opset 17 or older.</source>
        <translation>请重新导出模型，用一个文件，opset 17 或更早。</translation>
    </message>
    <message>
        <source>The ONNX file was refused: {what}.</source>
        <translation>拒绝了这个 ONNX 文件：{what}。</translation>
    </message>
    <message>
        <source>If you trust the model, save it again as one file with its data inside.</source>
        <translation>如果信任该模型，请把它重新保存成数据在内的单个文件。</translation>
    </message>
    <message>
        <source>The network could not be written as ONNX.</source>
        <translation>无法把网络写成 ONNX。</translation>
    </message>
    <message>
        <source>Please report this.</source>
        <translation>请报告此问题。</translation>
    </message>
    <message>
        <source>Networks of more than 2 GB cannot be one ONNX file.</source>
        <translation>超过 2 GB 的网络不能成为一个 ONNX 文件。</translation>
    </message>
    <message>
        <source>Export safetensors instead.</source>
        <translation>请改为导出 safetensors。</translation>
    </message>
    <message>
        <source>This network has steps that opset 10 of ONNX does not know.</source>
        <translation>网络中有 ONNX opset 10 不认识的步骤。</translation>
    </message>
    <message>
        <source>Export it with opset 17.</source>
        <translation>请用 opset 17 导出。</translation>
    </message>
    <message>
        <source>This is not a readable PyTorch file: {what}.</source>
        <translation>这不是可读取的 PyTorch 文件：{what}。</translation>
    </message>
    <message>
        <source>Fetch the file again, or save it anew with torch.save(model.state_dict(), path).</source>
        <translation>请重新获取文件，或用 torch.save(model.state_dict(), path) 重新保存。</translation>
    </message>
    <message>
        <source>The file&apos;s pickle uses operation {opcode}, which weights do not need.</source>
        <translation>文件的 pickle 使用了操作 {opcode}，权重不需要它。</translation>
    </message>
    <message>
        <source>Save the weights alone, with torch.save(model.state_dict(), path) or as safetensors.</source>
        <translation>请只保存权重，用 torch.save(model.state_dict(), path) 或 safetensors。</translation>
    </message>
    <message>
        <source>The file wants to use {name} while it is read. Patchbay runs nothing that a weight file brings, so it was not read.</source>
        <translation>文件在读取时想使用 {name}。Patchbay 不运行权重文件带来的任何内容，因此没有读取。</translation>
    </message>
    <message>
        <source>If you trust its origin, load it in Python and save the weights alone, with torch.save(model.state_dict(), path).</source>
        <translation>如果信任来源，请在 Python 中加载，并用 torch.save(model.state_dict(), path) 只保存权重。</translation>
    </message>
    <message>
        <source>The network cannot be used: {what}.</source>
        <translation>无法使用这个网络：{what}。</translation>
    </message>
    <message>
        <source>Take the files from one export or backbone together, or make them anew.</source>
        <translation>请使用同一次导出或同一骨干网络的文件，或重新生成。</translation>
    </message>
    <message>
        <source>This is not a valid safetensors file: {what}.</source>
        <translation>这不是有效的 safetensors 文件：{what}。</translation>
    </message>
    <message>
        <source>Fetch the file again, or save the weights anew.</source>
        <translation>请重新获取文件，或重新保存权重。</translation>
    </message>
    <message>
        <source>A tensor cannot be called {name}.</source>
        <translation>张量不能叫 {name}。</translation>
    </message>
    <message>
        <source>Rename the layer.</source>
        <translation>请给该层改名。</translation>
    </message>
    <message>
        <source>Tensor {name} does not hold what its shape says.</source>
        <translation>张量 {name} 的内容与其形状不符。</translation>
    </message>
    <message>
        <source>A tensor has a negative extent.</source>
        <translation>有一个张量的尺寸为负。</translation>
    </message>
    <message>
        <source>The file is damaged; fetch it again.</source>
        <translation>文件已损坏；请重新获取。</translation>
    </message>
    <message>
        <source>A tensor&apos;s extents multiply to more than any memory holds.</source>
        <translation>一个张量的尺寸相乘超过任何内存的容量。</translation>
    </message>
    <message>
        <source>Tensors of type {type} are not understood.</source>
        <translation>不认识类型为 {type} 的张量。</translation>
    </message>
    <message>
        <source>Convert the weights to F32, F16 or BF16 first.</source>
        <translation>请先把权重转换为 F32、F16 或 BF16。</translation>
    </message>
    <message>
        <source>The archive is not one that torch.save writes: {what}.</source>
        <translation>这个压缩包不是 torch.save 写出的：{what}。</translation>
    </message>
    <message>
        <source>Weight archives of 4 GB and more are not read.</source>
        <translation>不读取 4 GB 及以上的权重压缩包。</translation>
    </message>
    <message>
        <source>Save the weights as safetensors.</source>
        <translation>请把权重保存为 safetensors。</translation>
    </message>
    <message>
        <source>The network cannot be written in eight bits.</source>
        <translation>此网络无法以八位形式写出。</translation>
    </message>
    <message>
        <source>Export it without int8, and report this.</source>
        <translation>请不用 int8 导出，并报告此问题。</translation>
    </message>
</context>
<context>
    <name>object</name>
    <message>
        <source>A stored result cannot be read: {what}.</source>
        <translation>无法读取存储的结果：{what}。</translation>
    </message>
    <message>
        <source>Run the block again; its result is then written anew.</source>
        <translation>请再次运行该模块；结果会重新写出。</translation>
    </message>
    <message>
        <source>A {type} has no part &quot;{part}&quot;.</source>
        <translation>{type} 没有“{part}”这一部分。</translation>
    </message>
    <message>
        <source>Run the block that made it again.</source>
        <translation>请再次运行生成它的模块。</translation>
    </message>
</context>
<context>
    <name>openvino</name>
    <message>
        <source>There is not enough memory to run this network.</source>
        <translation>内存不足以运行这个网络。</translation>
    </message>
    <message>
        <source>Choose a smaller network or smaller pictures.</source>
        <translation>请选择较小的网络或较小的图片。</translation>
    </message>
    <message>
        <source>OpenVINO failed: {message}</source>
        <translation>OpenVINO 失败：{message}</translation>
    </message>
    <message>
        <source>Please report this together with the model.</source>
        <translation>请连同模型一起报告此问题。</translation>
    </message>
    <message>
        <source>Use a model with one picture input, a free batch in front and fixed extents behind.</source>
        <translation>请使用只有一个图片输入、批量自由、其余尺寸固定的模型。</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; does not hold floating point numbers.</source>
        <translation>“{name}”的内容不是浮点数。</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; has no batch.</source>
        <translation>“{name}”没有批量维。</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; has extents that are not fixed.</source>
        <translation>“{name}”的尺寸不固定。</translation>
    </message>
    <message>
        <source>The ONNX model cannot be read.</source>
        <translation>无法读取这个 ONNX 模型。</translation>
    </message>
    <message>
        <source>The model has {n} input(s).</source>
        <translation>模型有 {n} 个输入。</translation>
    </message>
    <message>
        <source>The model&apos;s input has no batch.</source>
        <translation>模型的输入没有批量维。</translation>
    </message>
    <message>
        <source>The model takes {n} picture(s) at a time, and no other number.</source>
        <translation>模型一次只接受 {n} 张图片，不接受其他数量。</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; does not give one row for each picture.</source>
        <translation>“{name}”没有为每张图片给出一行。</translation>
    </message>
    <message>
        <source>Threads and batch count from 1 up.</source>
        <translation>线程数和批量从 1 开始。</translation>
    </message>
    <message>
        <source>Change this setting.</source>
        <translation>请更改这项设置。</translation>
    </message>
    <message>
        <source>A batch does not have the size the network expects.</source>
        <translation>一批数据的大小与网络要求不符。</translation>
    </message>
    <message>
        <source>Please report this together with the pipeline.</source>
        <translation>请连同流程一起报告此问题。</translation>
    </message>
</context>
<context>
    <name>outputs</name>
    <message>
        <source>accuracy %1</source>
        <translation>准确率 %1</translation>
    </message>
    <message>
        <source>mean accuracy %1</source>
        <translation>平均准确率 %1</translation>
    </message>
    <message>
        <source>macro F1 %1</source>
        <translation>宏平均 F1 %1</translation>
    </message>
    <message>
        <source>AUROC %1</source>
        <translation>AUROC %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln class(es)</source>
        <translation>
            <numerusform>%Ln 个类别</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1 x %2 features</source>
        <translation>%1 x %2 个特征</translation>
    </message>
    <message>
        <source>about %1 wrong labels</source>
        <translation>约 %1 个错误标签</translation>
    </message>
    <message>
        <source>%1 doubled pictures</source>
        <translation>%1 张重复图片</translation>
    </message>
    <message>
        <source>%1 conflicts</source>
        <translation>%1 处冲突</translation>
    </message>
</context>
<context>
    <name>palette</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Pretrained networks</source>
        <translation>预训练网络</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Deployment</source>
        <translation>部署</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
</context>
<context>
    <name>param</name>
    <message>
        <source>Give true or false.</source>
        <translation>请给出 true 或 false。</translation>
    </message>
    <message>
        <source>Give a whole number.</source>
        <translation>请给出整数。</translation>
    </message>
    <message>
        <source>Give a number.</source>
        <translation>请给出数字。</translation>
    </message>
    <message>
        <source>Give the path of a file.</source>
        <translation>请给出文件的路径。</translation>
    </message>
    <message>
        <source>Give the path of a folder.</source>
        <translation>请给出文件夹的路径。</translation>
    </message>
    <message>
        <source>Give a list of class names, each once.</source>
        <translation>请给出类别名称的列表，每个一次。</translation>
    </message>
    <message>
        <source>Give a list of texts.</source>
        <translation>请给出文本的列表。</translation>
    </message>
    <message>
        <source>Give a colour as #rrggbb or #rrggbbaa.</source>
        <translation>请给出 #rrggbb 或 #rrggbbaa 形式的颜色。</translation>
    </message>
    <message>
        <source>Give a list of augmentations, each with its name.</source>
        <translation>请给出增强的列表，各带名称。</translation>
    </message>
    <message>
        <source>Give auto, cpu, cuda or cuda:0.</source>
        <translation>请给出 auto、cpu、cuda 或 cuda:0。</translation>
    </message>
    <message>
        <source>Give a text.</source>
        <translation>请给出文本。</translation>
    </message>
    <message>
        <source>Choose a value from {min} to {max}.</source>
        <translation>请选择 {min} 到 {max} 之间的值。</translation>
    </message>
    <message>
        <source>Choose {min} or more.</source>
        <translation>请选择 {min} 或更大。</translation>
    </message>
    <message>
        <source>Choose {max} or less.</source>
        <translation>请选择 {max} 或更小。</translation>
    </message>
    <message>
        <source>{param} cannot be &quot;{value}&quot;.</source>
        <translation>{param} 不能是“{value}”。</translation>
    </message>
    <message>
        <source>Choose one of: {choices}.</source>
        <translation>请从中选择：{choices}。</translation>
    </message>
    <message>
        <source>Did you mean &quot;{close}&quot;? It can be one of: {choices}.</source>
        <translation>您是指“{close}”吗？可以是：{choices}。</translation>
    </message>
    <message>
        <source>{block} has no parameter &quot;{param}&quot;.</source>
        <translation>{block} 没有参数“{param}”。</translation>
    </message>
    <message>
        <source>Did you mean &quot;{close}&quot;?</source>
        <translation>您是指“{close}”吗？</translation>
    </message>
    <message>
        <source>Remove it: this block has no parameters.</source>
        <translation>请去掉它：这个模块没有参数。</translation>
    </message>
    <message>
        <source>Remove it, or use one of: {params}.</source>
        <translation>请去掉它，或使用其中之一：{params}。</translation>
    </message>
    <message>
        <source>{param} cannot be {value}.</source>
        <translation>{param} 不能是 {value}。</translation>
    </message>
    <message>
        <source>{param} is {value}, which is out of range.</source>
        <translation>{param} 为 {value}，超出范围。</translation>
    </message>
    <message>
        <source>The parameters are not a list of names and values.</source>
        <translation>参数不是名称和值的列表。</translation>
    </message>
    <message>
        <source>Write them as {&quot;name&quot;: value}.</source>
        <translation>请写成 {&quot;name&quot;: value}。</translation>
    </message>
    <message>
        <source>{param} is not set.</source>
        <translation>{param} 没有设置。</translation>
    </message>
    <message>
        <source>The value of {param} is not UTF-8 text.</source>
        <translation>{param} 的值不是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>Type it in a UTF-8 terminal.</source>
        <translation>请在 UTF-8 终端中输入。</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::AccuracyView</name>
    <message>
        <source>%1 labels</source>
        <translation>%1 个标签</translation>
    </message>
    <message>
        <source>With %1 labels about %2 (%3 to %4), if it goes on like this</source>
        <translation>若照此趋势，%1 个标签时约为 %2（%3 至 %4）</translation>
    </message>
    <message>
        <source>Measured with %1 labels: %2 (%3 to %4)</source>
        <translation>%1 个标签时测得：%2（%3 至 %4）</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::Actions</name>
    <message>
        <source>&amp;New pipeline</source>
        <translation>新建流程(&amp;N)</translation>
    </message>
    <message>
        <source>An empty canvas in a new project</source>
        <translation>在新项目中新建空白画布</translation>
    </message>
    <message>
        <source>&amp;Open pipeline…</source>
        <translation>打开流程(&amp;O)…</translation>
    </message>
    <message>
        <source>Opens a pipeline file</source>
        <translation>打开一个流程文件</translation>
    </message>
    <message>
        <source>Open project &amp;folder…</source>
        <translation>打开项目文件夹(&amp;F)…</translation>
    </message>
    <message>
        <source>Opens the newest pipeline of a project folder</source>
        <translation>打开项目文件夹中最新的流程</translation>
    </message>
    <message>
        <source>New &amp;window</source>
        <translation>新建窗口(&amp;W)</translation>
    </message>
    <message>
        <source>Another window, for another project</source>
        <translation>为另一个项目打开一个窗口</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Saves the pipeline. Unsaved changes survive a crash as well</source>
        <translation>保存流程。未保存的改动在崩溃后也不会丢失</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>Saves the pipeline under another name and goes on there</source>
        <translation>用另一个名称保存流程并继续编辑</translation>
    </message>
    <message>
        <source>&amp;Import pictures…</source>
        <translation>导入图片(&amp;I)…</translation>
    </message>
    <message>
        <source>Looks into a folder or table of pictures and adds it to the canvas</source>
        <translation>查看图片文件夹或表格，并添加到画布</translation>
    </message>
    <message>
        <source>Start &amp;page</source>
        <translation>开始页(&amp;P)</translation>
    </message>
    <message>
        <source>Closes the project and shows templates and recent pipelines</source>
        <translation>关闭项目，显示模板和最近的流程</translation>
    </message>
    <message>
        <source>&amp;Close window</source>
        <translation>关闭窗口(&amp;C)</translation>
    </message>
    <message>
        <source>Closes the window; what runs can go on without it</source>
        <translation>关闭窗口；正在运行的任务可以继续</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Closes the window and ends the program</source>
        <translation>关闭窗口并结束程序</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>Takes back the last change</source>
        <translation>撤回上一次改动</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>Makes the change that was taken back again</source>
        <translation>重新执行撤回的改动</translation>
    </message>
    <message>
        <source>&amp;Find block…</source>
        <translation>查找模块(&amp;F)…</translation>
    </message>
    <message>
        <source>Goes to a block of this pipeline by its name</source>
        <translation>按名称前往此流程中的模块</translation>
    </message>
    <message>
        <source>&amp;Preferences…</source>
        <translation>首选项(&amp;P)…</translation>
    </message>
    <message>
        <source>Language, colours, folders, notifications</source>
        <translation>语言、颜色、文件夹、通知</translation>
    </message>
    <message>
        <source>All &amp;commands…</source>
        <translation>全部命令(&amp;C)…</translation>
    </message>
    <message>
        <source>Finds any command or block by name</source>
        <translation>按名称查找任何命令或模块</translation>
    </message>
    <message>
        <source>&amp;Minimap</source>
        <translation>缩略图(&amp;M)</translation>
    </message>
    <message>
        <source>The whole canvas in small, in its corner</source>
        <translation>在角落里显示整个画布的缩略图</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>Uses the whole screen</source>
        <translation>使用整个屏幕</translation>
    </message>
    <message>
        <source>&amp;Reset panels</source>
        <translation>重置面板(&amp;R)</translation>
    </message>
    <message>
        <source>Puts all panels back where they were at first</source>
        <translation>把所有面板放回最初的位置</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>Runs the pipeline; what is stored is not computed again</source>
        <translation>运行流程；已存储的结果不会重新计算</translation>
    </message>
    <message>
        <source>Run to &amp;selection</source>
        <translation>运行到所选(&amp;S)</translation>
    </message>
    <message>
        <source>Runs the selected blocks and what they need</source>
        <translation>运行选中的模块及其所需的模块</translation>
    </message>
    <message>
        <source>Stop and &amp;keep</source>
        <translation>停止并保留(&amp;K)</translation>
    </message>
    <message>
        <source>Ends training soon and keeps the best model so far; what follows still runs</source>
        <translation>尽快结束训练并保留目前最好的模型；后面的步骤仍会运行</translation>
    </message>
    <message>
        <source>&amp;Interrupt</source>
        <translation>中断(&amp;I)</translation>
    </message>
    <message>
        <source>Ends the run now; finished blocks keep their results</source>
        <translation>立即结束运行；已完成的模块保留结果</translation>
    </message>
    <message>
        <source>Next &amp;problem</source>
        <translation>下一个问题(&amp;P)</translation>
    </message>
    <message>
        <source>Goes to the next thing that keeps the pipeline from running</source>
        <translation>前往下一个使流程无法运行的问题</translation>
    </message>
    <message>
        <source>&amp;Try a picture…</source>
        <translation>试一张图片(&amp;T)…</translation>
    </message>
    <message>
        <source>Shows what the trained model says of a picture</source>
        <translation>显示训练好的模型对一张图片的判断</translation>
    </message>
    <message>
        <source>&amp;Export model…</source>
        <translation>导出模型(&amp;E)…</translation>
    </message>
    <message>
        <source>Saves the trained model for use elsewhere</source>
        <translation>保存训练好的模型，以便在别处使用</translation>
    </message>
    <message>
        <source>&amp;Help on block</source>
        <translation>模块帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Explains the selected block, its inputs, outputs and parameters</source>
        <translation>说明选中的模块及其输入、输出和参数</translation>
    </message>
    <message>
        <source>&amp;Keys…</source>
        <translation>按键(&amp;K)…</translation>
    </message>
    <message>
        <source>All keys on one sheet</source>
        <translation>一页列出所有按键</translation>
    </message>
    <message>
        <source>&amp;About Patchbay</source>
        <translation>关于 Patchbay(&amp;A)</translation>
    </message>
    <message>
        <source>Version, licences</source>
        <translation>版本、许可证</translation>
    </message>
    <message>
        <source>Copy &amp;diagnostics</source>
        <translation>复制诊断信息(&amp;D)</translation>
    </message>
    <message>
        <source>Copies versions, machine and engine state for a bug report, without your pictures</source>
        <translation>复制版本、机器和引擎状态，用于报告问题，不含您的图片</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>New &amp;tab</source>
        <translation>新建标签页(&amp;T)</translation>
    </message>
    <message>
        <source>An empty canvas in this project, in a tab of its own</source>
        <translation>在此项目中新建空白画布，显示在单独的标签页中</translation>
    </message>
    <message>
        <source>Close ta&amp;b</source>
        <translation>关闭标签页(&amp;B)</translation>
    </message>
    <message>
        <source>Closes this pipeline; changes that are not saved are kept until it is opened again</source>
        <translation>关闭此流程；未保存的更改会保留，直到再次打开</translation>
    </message>
    <message>
        <source>&amp;Next tab</source>
        <translation>下一个标签页(&amp;N)</translation>
    </message>
    <message>
        <source>Shows the next open pipeline</source>
        <translation>显示下一个打开的流程</translation>
    </message>
    <message>
        <source>Pre&amp;vious tab</source>
        <translation>上一个标签页(&amp;V)</translation>
    </message>
    <message>
        <source>Shows the open pipeline before this one</source>
        <translation>显示前一个打开的流程</translation>
    </message>
    <message>
        <source>&amp;Data set</source>
        <translation>数据集(&amp;D)</translation>
    </message>
    <message>
        <source>The pictures of the project: look through them, label them, go back, import and export</source>
        <translation>项目的图片：浏览、标注、返回以前的版本、导入和导出</translation>
    </message>
    <message>
        <source>&amp;Label</source>
        <translation>标注(&amp;L)</translation>
    </message>
    <message>
        <source>Labels the pictures one after the other, with the model&apos;s help</source>
        <translation>在模型的帮助下逐张标注图片</translation>
    </message>
    <message>
        <source>&amp;Deploy</source>
        <translation>部署(&amp;D)</translation>
    </message>
    <message>
        <source>Exported models at work: measure, serve, watch a folder, reproduce, report</source>
        <translation>让导出的模型工作：测量、提供服务、监视文件夹、复现、报告</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::Camera</name>
    <message>
        <source>The part of Patchbay that reads cameras cannot be loaded (%1). Install Patchbay again, or open a picture instead.</source>
        <translation>无法加载 Patchbay 读取摄像头的部分（%1）。请重新安装 Patchbay，或改为打开图片。</translation>
    </message>
    <message>
        <source>No camera was found. Connect one and try again, or open or paste a picture.</source>
        <translation>没有找到摄像头。请连接后再试，或打开、粘贴图片。</translation>
    </message>
    <message>
        <source>The camera cannot be used (%1). Close other programs that use it, or open or paste a picture.</source>
        <translation>无法使用摄像头（%1）。请关闭使用它的其他程序，或打开、粘贴图片。</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::ChildRun</name>
    <message>
        <source>The program %1 could not be started. Install Patchbay again.</source>
        <translation>程序 %1 无法启动。请重新安装 Patchbay。</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::ConfirmWindow</name>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Looking at the suggestions…</source>
        <translation>正在查看建议…</translation>
    </message>
    <message>
        <source>%1 to look at yourself, the hardest first</source>
        <translation>%1需要您亲自查看，最难的在前</translation>
    </message>
    <message>
        <source>%1 are surer than that: %2.</source>
        <translation>%1比这更有把握：%2。</translation>
    </message>
    <message>
        <source>No suggestion is that sure yet.</source>
        <translation>还没有这么有把握的建议。</translation>
    </message>
    <message>
        <source>&amp;Accept the other %1 above %2</source>
        <translation>接受其余 %1 张高于 %2 的建议(&amp;A)</translation>
    </message>
    <message>
        <source>All of these suggestions become labels; one undo takes them back</source>
        <translation>这些建议全部成为标签；一次撤销即可全部收回</translation>
    </message>
    <message>
        <source>Shows them one after the other with their suggestions; Enter takes one</source>
        <translation>逐张显示并附上建议；按 Enter 采用</translation>
    </message>
    <message>
        <source>There is none.</source>
        <translation>没有。</translation>
    </message>
    <message>
        <source>Takes the labels back that were accepted here</source>
        <translation>收回在此处接受的标签</translation>
    </message>
    <message>
        <source>Nothing was accepted here yet.</source>
        <translation>这里还没有接受过任何建议。</translation>
    </message>
    <message>
        <source>%1 labelled as suggested.</source>
        <translation>%1已按建议标注。</translation>
    </message>
    <message>
        <source>Confirm suggestions</source>
        <translation>确认建议</translation>
    </message>
    <message>
        <source>Sure &amp;from</source>
        <translation>把握不低于(&amp;F)</translation>
    </message>
    <message>
        <source>Probability from which suggestions are accepted</source>
        <translation>接受建议的最低概率</translation>
    </message>
    <message>
        <source>Suggestions to look at</source>
        <translation>需要查看的建议</translation>
    </message>
    <message>
        <source>Nothing to look at</source>
        <translation>没有需要查看的</translation>
    </message>
    <message>
        <source>&amp;Look at them one by one</source>
        <translation>逐张查看(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::DataExportDialog</name>
    <message>
        <source>Choose a folder to write into</source>
        <translation>选择要写入的文件夹</translation>
    </message>
    <message>
        <source>The newest</source>
        <translation>最新</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Export the data set</source>
        <translation>导出数据集</translation>
    </message>
    <message>
        <source>Fo&amp;rmat</source>
        <translation>格式(&amp;R)</translation>
    </message>
    <message>
        <source>Re&amp;vision</source>
        <translation>版本(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>A folder that is empty or not there yet</source>
        <translation>空的或尚不存在的文件夹</translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation>选择(&amp;C)…</translation>
    </message>
    <message>
        <source>State of the data that is written</source>
        <translation>要写出的数据版本</translation>
    </message>
    <message>
        <source>The files are being written.</source>
        <translation>正在写文件。</translation>
    </message>
    <message>
        <source>The files are written.</source>
        <translation>文件已写好。</translation>
    </message>
    <message>
        <source>The formats are being asked for.</source>
        <translation>正在查询格式。</translation>
    </message>
    <message>
        <source>Choose a folder to write into first.</source>
        <translation>请先选择要写入的文件夹。</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>导出(&amp;X)</translation>
    </message>
    <message>
        <source>Writes the pictures and annotations there</source>
        <translation>把图片和标注写到那里</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The data set is written.</source>
        <translation>数据集已写好。</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>%1 so far</source>
        <translation>已完成 %1</translation>
    </message>
    <message>
        <source>Choose a file to write</source>
        <translation>选择要写入的文件</translation>
    </message>
    <message>
        <source>ZIP archives (*.zip)</source>
        <translation>ZIP 压缩包 (*.zip)</translation>
    </message>
    <message>
        <source>&amp;As</source>
        <translation>形式(&amp;A)</translation>
    </message>
    <message>
        <source>A folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>One ZIP file</source>
        <translation>一个 ZIP 文件</translation>
    </message>
    <message>
        <source>What is written</source>
        <translation>写出什么</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>A file that is not there yet</source>
        <translation>尚不存在的文件</translation>
    </message>
    <message>
        <source>Choose a file to write first.</source>
        <translation>请先选择要写入的文件。</translation>
    </message>
    <message>
        <source>The name of a ZIP file ends with .zip.</source>
        <translation>ZIP 文件名须以 .zip 结尾。</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::DataImportDialog</name>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Choose an archive or a file of annotations</source>
        <translation>选择压缩包或标注文件</translation>
    </message>
    <message>
        <source>Data sets (*.zip *.tar *.tar.gz *.tgz *.tar.xz *.json *.xml *.csv *.tsv *.yaml *.yml);;All files (*)</source>
        <translation>数据集 (*.zip *.tar *.tar.gz *.tgz *.tar.xz *.json *.xml *.csv *.tsv *.yaml *.yml);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Import into the data set</source>
        <translation>导入到数据集</translation>
    </message>
    <message>
        <source>Folder, archive or file of annotations</source>
        <translation>文件夹、压缩包或标注文件</translation>
    </message>
    <message>
        <source>F&amp;older…</source>
        <translation>文件夹(&amp;O)…</translation>
    </message>
    <message>
        <source>Choose the folder that holds the pictures or the export of another tool</source>
        <translation>选择存放图片或其他工具导出结果的文件夹</translation>
    </message>
    <message>
        <source>&amp;File…</source>
        <translation>文件(&amp;F)…</translation>
    </message>
    <message>
        <source>Choose an archive (ZIP, TAR) or a file that lists pictures and annotations</source>
        <translation>选择压缩包（ZIP、TAR）或列出图片和标注的文件</translation>
    </message>
    <message>
        <source>Fo&amp;rmat</source>
        <translation>格式(&amp;R)</translation>
    </message>
    <message>
        <source>Pictures that are &amp;there already</source>
        <translation>已有的图片(&amp;T)</translation>
    </message>
    <message>
        <source>Get the labels they lack</source>
        <translation>补上缺少的标签</translation>
    </message>
    <message>
        <source>Stay as they are</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <source>Take the new labels</source>
        <translation>采用新的标签</translation>
    </message>
    <message>
        <source>&amp;Copy the pictures into the project</source>
        <translation>把图片复制到项目中(&amp;C)</translation>
    </message>
    <message>
        <source>The project then has all it needs, also on another computer. Pictures out of an archive are always copied.</source>
        <translation>这样项目就包含所需的一切，换一台电脑也能用。压缩包里的图片总会被复制。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>No label</source>
        <translation>没有标签</translation>
    </message>
    <message>
        <source>Looking at what is there…</source>
        <translation>正在查看内容…</translation>
    </message>
    <message>
        <source>Choose a folder, an archive or another tool&apos;s export.</source>
        <translation>请选择文件夹、压缩包或其他工具的导出结果。</translation>
    </message>
    <message>
        <source>%1, %2 and more would come in; there was no time to read everything.</source>
        <translation>将导入 %1，%2 以及更多；没有时间读完全部内容。</translation>
    </message>
    <message>
        <source>%1, %2 would come in.</source>
        <translation>将导入 %1，%2。</translation>
    </message>
    <message>
        <source>The files are being looked at.</source>
        <translation>正在查看文件。</translation>
    </message>
    <message>
        <source>The pictures are coming in.</source>
        <translation>正在导入图片。</translation>
    </message>
    <message>
        <source>They are in.</source>
        <translation>已经导入。</translation>
    </message>
    <message>
        <source>The project folder is read-only.</source>
        <translation>项目文件夹是只读的。</translation>
    </message>
    <message>
        <source>Choose where the pictures are first.</source>
        <translation>请先选择图片所在的位置。</translation>
    </message>
    <message>
        <source>No picture was found there. Choose another folder or another format.</source>
        <translation>那里没有找到图片。请选择别的文件夹或格式。</translation>
    </message>
    <message>
        <source>I&amp;mport</source>
        <translation>导入(&amp;M)</translation>
    </message>
    <message>
        <source>Brings them into the data set, as one step that can be undone</source>
        <translation>把它们导入数据集，这一步可以撤销</translation>
    </message>
    <message>
        <source>The pictures are in the data set. What could not be taken is listed above.</source>
        <translation>图片已在数据集中。未能导入的内容列在上方。</translation>
    </message>
    <message>
        <source>%1 so far</source>
        <translation>已完成 %1</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::DataSetView</name>
    <message>
        <source>What has changed since the last training</source>
        <translation>上次训练以来的变化</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>导入(&amp;I)…</translation>
    </message>
    <message>
        <source>Looks into a folder, an archive or another tool&apos;s export and brings in what it holds</source>
        <translation>查看文件夹、压缩包或其他工具的导出结果，并导入其中的内容</translation>
    </message>
    <message>
        <source>&amp;Train on this</source>
        <translation>用它训练(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>Show &amp;them</source>
        <translation>显示(&amp;T)</translation>
    </message>
    <message>
        <source>Shows the pictures that came or changed since the last training</source>
        <translation>显示上次训练以来新增或改动的图片</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>There are no pictures yet. Import some first.</source>
        <translation>还没有图片。请先导入。</translation>
    </message>
    <message>
        <source>The block that reads the project&apos;s data set is not installed. Install Patchbay again.</source>
        <translation>没有安装读取项目数据集的模块。请重新安装 Patchbay。</translation>
    </message>
    <message>
        <source>Opening the data set…</source>
        <translation>正在打开数据集…</translation>
    </message>
    <message>
        <source>No pictures in the data set yet</source>
        <translation>数据集中还没有图片</translation>
    </message>
    <message>
        <source>Drop a folder, an archive (ZIP, TAR) or an export of another tool here (COCO, YOLO, Pascal VOC, labelme, CVAT and more), or choose Import. What is in it is shown before anything comes in.</source>
        <translation>把文件夹、压缩包（ZIP、TAR）或其他工具的导出结果（COCO、YOLO、Pascal VOC、labelme、CVAT 等）拖到这里，或选择“导入”。导入之前会先显示其中的内容。</translation>
    </message>
    <message>
        <source>Revision %1: %2, %3</source>
        <translation>版本 %1：%2，%3</translation>
    </message>
    <message>
        <source>The project folder is read-only.</source>
        <translation>项目文件夹是只读的。</translation>
    </message>
    <message>
        <source>Writes the data set in a format that other tools read</source>
        <translation>以其他工具能读取的格式写出数据集</translation>
    </message>
    <message>
        <source>Puts the newest state of the data into the pipeline, to be trained on</source>
        <translation>把最新的数据放进流程，用于训练</translation>
    </message>
    <message>
        <source>The last training (%1) used these data.</source>
        <translation>上次训练（%1）用的就是这些数据。</translation>
    </message>
    <message>
        <source>Since the last training (%1, %2): %3</source>
        <translation>上次训练以来（%1，%2）：%3</translation>
    </message>
    <message>
        <source>No label</source>
        <translation>没有标签</translation>
    </message>
    <message>
        <source>&amp;Label</source>
        <translation>标注(&amp;L)</translation>
    </message>
    <message>
        <source>Labels the chosen pictures one after the other</source>
        <translation>逐张标注所选图片</translation>
    </message>
    <message>
        <source>Labels the pictures one after the other, from the chosen one on</source>
        <translation>从所选图片开始逐张标注</translation>
    </message>
    <message>
        <source>Labels the pictures one after the other, with the model&apos;s help</source>
        <translation>在模型的帮助下逐张标注图片</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::DataView</name>
    <message>
        <source>No label</source>
        <translation>没有标签</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>&amp;Class</source>
        <translation>类别(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Part</source>
        <translation>部分(&amp;P)</translation>
    </message>
    <message>
        <source>Reading the pictures…</source>
        <translation>正在读取图片…</translation>
    </message>
    <message>
        <source>No pictures yet</source>
        <translation>还没有图片</translation>
    </message>
    <message>
        <source>Run this block to see its pictures: select it and press Ctrl+Shift+Return, or choose “Run to here” in its menu.</source>
        <translation>运行此模块来查看它的图片：选中它并按 Ctrl+Shift+Return，或在菜单中选择“运行到这里”。</translation>
    </message>
    <message>
        <source>All classes</source>
        <translation>全部类别</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>All parts</source>
        <translation>全部部分</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>No picture is of this class and part.</source>
        <translation>没有这个类别和部分的图片。</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::DeployPanel</name>
    <message>
        <source>Folder of an exported model</source>
        <translation>导出模型的文件夹</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Choose an export first.</source>
        <translation>请先选择一个导出。</translation>
    </message>
    <message>
        <source>Lists an exported model that lies somewhere else</source>
        <translation>把位于别处的导出模型加入列表</translation>
    </message>
    <message>
        <source>Looks again which exports there are</source>
        <translation>重新查看有哪些导出</translation>
    </message>
    <message>
        <source>It belongs to this project. Remove its folder to be rid of it.</source>
        <translation>它属于此项目。要去掉它，请删除其文件夹。</translation>
    </message>
    <message>
        <source>Takes it off the list; the folder stays</source>
        <translation>从列表中去掉；文件夹保留</translation>
    </message>
    <message>
        <source>Shows the files of the export</source>
        <translation>显示导出的文件</translation>
    </message>
    <message>
        <source>The export does not hold its pipeline. Export the model again.</source>
        <translation>此导出不含其流程。请重新导出模型。</translation>
    </message>
    <message>
        <source>Opens a copy of the pipeline that made it, in a tab</source>
        <translation>在标签页中打开生成它的流程的副本</translation>
    </message>
    <message>
        <source>Puts the model on the canvas, to be evaluated or trained further</source>
        <translation>把模型放到画布上，以便评估或继续训练</translation>
    </message>
    <message>
        <source>Deploy</source>
        <translation>部署</translation>
    </message>
    <message>
        <source>Exported models</source>
        <translation>导出的模型</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>生成时间</translation>
    </message>
    <message>
        <source>No model was exported yet</source>
        <translation>尚未导出模型</translation>
    </message>
    <message>
        <source>&amp;Serve</source>
        <translation>服务(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Watch folder</source>
        <translation>监视文件夹(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Proof</source>
        <translation>证明(&amp;P)</translation>
    </message>
    <message>
        <source>A server is running</source>
        <translation>服务器正在运行</translation>
    </message>
    <message>
        <source>%1 answers predictions at %2.</source>
        <translation>%1 正在 %2 回答预测请求。</translation>
    </message>
    <message>
        <source>It can go on without this window: it begins anew at the same address, away for some seconds, and is stopped in this panel.</source>
        <translation>它可以不依赖此窗口继续运行：会在同一地址重新启动，中断数秒，之后可在此面板中停止。</translation>
    </message>
    <message>
        <source>Stop it</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Keep it running</source>
        <translation>继续运行</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>留下</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Pipeline in a tab</source>
        <translation>在标签页中打开流程</translation>
    </message>
    <message>
        <source>As block</source>
        <translation>作为模块</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Export one (Ctrl+E), or open or drop the folder of an export.</source>
        <translation>请导出一个模型（Ctrl+E），或打开、拖入一个导出的文件夹。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>export and its project</comment>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::ExportDialog</name>
    <message>
        <source>Choose where the export folder is made</source>
        <translation>选择导出文件夹建在哪里</translation>
    </message>
    <message>
        <source>The Python program is on the clipboard.</source>
        <translation>Python 程序已在剪贴板上。</translation>
    </message>
    <message>
        <source>The command is on the clipboard.</source>
        <translation>命令已在剪贴板上。</translation>
    </message>
    <message>
        <source>The C++ program is on the clipboard; its first line says how to build it.</source>
        <translation>C++ 程序已在剪贴板上；第一行说明怎样构建它。</translation>
    </message>
    <message>
        <source>Export the model</source>
        <translation>导出模型</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>The export gets a folder of its own name in it</source>
        <translation>导出会在其中建立自己名称的文件夹</translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation>选择(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Put eight of my pictures into the export, as test pictures</source>
        <translation>把我的八张图片作为测试图片放进导出(&amp;P)</translation>
    </message>
    <message>
        <source>Otherwise only drawn pictures are in it, and none of yours leaves this computer with it</source>
        <translation>否则其中只有绘制的图片，您的图片不会随它离开这台电脑</translation>
    </message>
    <message>
        <source>All of these are written, with a model card, test pictures and programs in Python and C++:</source>
        <translation>以下全部写出，并附模型卡片、测试图片以及 Python 和 C++ 程序：</translation>
    </message>
    <message>
        <source>Formats</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>One picture here</source>
        <translation>这里一张图片</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Open folder</source>
        <translation>打开文件夹(&amp;O)</translation>
    </message>
    <message>
        <source>Copy &amp;Python snippet</source>
        <translation>复制 Python 代码(&amp;P)</translation>
    </message>
    <message>
        <source>A program with a function predict(picture); needs onnxruntime, numpy and Pillow</source>
        <translation>带有函数 predict(picture) 的程序；需要 onnxruntime、numpy 和 Pillow</translation>
    </message>
    <message>
        <source>Copy C++ s&amp;nippet</source>
        <translation>复制 C++ 代码(&amp;N)</translation>
    </message>
    <message>
        <source>A whole program; needs OpenCV</source>
        <translation>完整的程序；需要 OpenCV</translation>
    </message>
    <message>
        <source>Cop&amp;y</source>
        <translation>复制(&amp;Y)</translation>
    </message>
    <message>
        <source>Command that tries the export</source>
        <translation>试用导出结果的命令</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>ONNX</source>
        <translation>ONNX 模型</translation>
    </message>
    <message>
        <source>ONNX, one picture at a time</source>
        <translation>ONNX，每次一张图片</translation>
    </message>
    <message>
        <source>safetensors</source>
        <translation>safetensors 权重</translation>
    </message>
    <message>
        <source>%1 ms (%2)</source>
        <translation>%1 毫秒（%2）</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>95 of 100 pictures take at most %1 ms with %2 threads of %3</source>
        <translation>100 张图片中有 95 张最多用 %1 毫秒，使用 %3 的 %2 个线程</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Mean average precision</source>
        <translation>平均精度均值</translation>
    </message>
    <message>
        <source>%1 %2 %, on %3 pictures.</source>
        <translation>%1 %2 %，共 %3 张图片。</translation>
    </message>
    <message>
        <source>%1 %2 % (95 % interval %3 to %4 %), on %5 pictures it was not trained on.</source>
        <translation>%1 %2 %（95 % 区间 %3 到 %4 %），在 %5 张未参与训练的图片上。</translation>
    </message>
    <message>
        <source>This model was not evaluated. A quick try on %1 pictures: accuracy %2 % (95 % interval %3 to %4 %). Add the block Evaluate for the whole picture.</source>
        <translation>这个模型没有评估过。在 %1 张图片上快速试验：准确率 %2 %（95 % 区间 %3 到 %4 %）。要全面了解请添加“评估”模块。</translation>
    </message>
    <message>
        <source>This model was not evaluated, so nobody knows how good it is. Add the block Evaluate and run it first.</source>
        <translation>这个模型没有评估过，没有人知道它有多好。请先添加“评估”模块并运行。</translation>
    </message>
    <message>
        <source>The export is being written.</source>
        <translation>正在写出导出内容。</translation>
    </message>
    <message>
        <source>Looking for models…</source>
        <translation>正在寻找模型…</translation>
    </message>
    <message>
        <source>No model has been trained yet. Run the pipeline first.</source>
        <translation>还没有训练过模型。请先运行流程。</translation>
    </message>
    <message>
        <source>Give the export a name without slashes.</source>
        <translation>请给导出取一个不含斜杠的名称。</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation>导出(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Export again</source>
        <translation>再次导出(&amp;E)</translation>
    </message>
    <message>
        <source>Runs the block Export</source>
        <translation>运行“导出”模块</translation>
    </message>
    <message>
        <source>The pipeline was changed since this model was made: exporting trains it again first, and the figures may differ.</source>
        <translation>生成这个模型之后流程有改动：导出会先重新训练，指标可能不同。</translation>
    </message>
    <message>
        <source>Measuring on this machine…</source>
        <translation>正在这台机器上测量…</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>at work</source>
        <translation>工作中</translation>
    </message>
    <message>
        <source>%1: %2, %3 of %4</source>
        <translation>%1：%2，%3 / %4</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>The export was stopped. Nothing was written; choose Export to begin again.</source>
        <translation>导出已停止。没有写入任何内容；点“导出”重新开始。</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation>已写到 %1</translation>
    </message>
    <message>
        <source>Also in &amp;eight bits (int8)</source>
        <translation>同时导出八位版本 (int8)(&amp;E)</translation>
    </message>
    <message>
        <source>A quarter of the size, and faster on processors with VNNI; what it costs is measured on validation first</source>
        <translation>大小为四分之一，在有 VNNI 的处理器上更快；其代价先在验证集上测量</translation>
    </message>
    <message>
        <source>may &amp;lose</source>
        <translation>最多损失(&amp;L)</translation>
    </message>
    <message>
        <source> points</source>
        <translation> 个百分点</translation>
    </message>
    <message>
        <source>Percentage points of accuracy on validation; when int8 loses more it is not saved</source>
        <translation>验证集准确率的百分点；int8 损失超过此值时不保存</translation>
    </message>
    <message>
        <source>&amp;Measure, serve, prove</source>
        <translation>测量、服务、证明(&amp;M)</translation>
    </message>
    <message>
        <source>Shows the export in the panel Deploy</source>
        <translation>在“部署”面板中显示此导出</translation>
    </message>
    <message>
        <source>ONNX in eight bits</source>
        <translation>八位 ONNX</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::ExportServer</name>
    <message>
        <source>The token cannot be written to %1. Make the folder writable.</source>
        <translation>令牌无法写入 %1。请使该文件夹可写。</translation>
    </message>
    <message>
        <source>The server ended by itself. Start it again; the log may say why.</source>
        <translation>服务器自行结束了。请重新启动；日志中可能有原因。</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::HelpView</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 到 %2</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>从 %1</translation>
    </message>
    <message>
        <source>up to %1</source>
        <translation>最大 %1</translation>
    </message>
    <message>
        <source> (any number)</source>
        <translation> （任意数量）</translation>
    </message>
    <message>
        <source> (may stay open)</source>
        <translation> （可以不连接）</translation>
    </message>
    <message>
        <source>normally %1</source>
        <translation>默认为 %1</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Select a block and press F1: what it does, its inputs, outputs and parameters are explained here.</source>
        <translation>选择一个模块并按 F1：这里会说明它的作用、输入、输出和参数。</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::ImportDialog</name>
    <message>
        <source>Choose a folder of pictures</source>
        <translation>选择图片文件夹</translation>
    </message>
    <message>
        <source>Choose a table of pictures</source>
        <translation>选择图片表格</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv);;All files (*)</source>
        <translation>表格 (*.csv *.tsv);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Import pictures</source>
        <translation>导入图片</translation>
    </message>
    <message>
        <source>Folder or table</source>
        <translation>文件夹或表格</translation>
    </message>
    <message>
        <source>&amp;Folder…</source>
        <translation>文件夹(&amp;F)…</translation>
    </message>
    <message>
        <source>Choose a folder with one folder of pictures for each class</source>
        <translation>选择一个文件夹，其中每个类别一个图片文件夹</translation>
    </message>
    <message>
        <source>&amp;Table…</source>
        <translation>表格(&amp;T)…</translation>
    </message>
    <message>
        <source>Choose a CSV file that lists pictures and their classes</source>
        <translation>选择列出图片及其类别的 CSV 文件</translation>
    </message>
    <message>
        <source>Where they go</source>
        <translation>放到哪里</translation>
    </message>
    <message>
        <source>&amp;Instead of the pictures of “%1”</source>
        <translation>代替“%1”的图片(&amp;I)</translation>
    </message>
    <message>
        <source>Everything that is linked to it then works on these pictures</source>
        <translation>与它相连的一切随后都使用这些图片</translation>
    </message>
    <message>
        <source>As a &amp;new block</source>
        <translation>作为新模块(&amp;N)</translation>
    </message>
    <message>
        <source>The files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>&amp;Leave them where they are</source>
        <translation>留在原处(&amp;L)</translation>
    </message>
    <message>
        <source>The pipeline reads them there; they must stay</source>
        <translation>流程在那里读取；它们必须保留</translation>
    </message>
    <message>
        <source>&amp;Copy them into the project</source>
        <translation>复制到项目中(&amp;C)</translation>
    </message>
    <message>
        <source>The project then has all it needs, also on another computer</source>
        <translation>项目随后自带所需的一切，换一台电脑也能用</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>A table names its pictures by where they are; move the table together with them.</source>
        <translation>表格按位置指明图片；请把表格和图片一起移动。</translation>
    </message>
    <message>
        <source>The pictures are being looked at.</source>
        <translation>正在查看图片。</translation>
    </message>
    <message>
        <source>The pictures are being copied.</source>
        <translation>正在复制图片。</translation>
    </message>
    <message>
        <source>The project folder is read-only. Save the pipeline in a folder of your own.</source>
        <translation>项目文件夹是只读的。请把流程保存到自己的文件夹。</translation>
    </message>
    <message>
        <source>This is an exported model. Drop it on the canvas to use it.</source>
        <translation>这是导出的模型。请把它拖到画布上使用。</translation>
    </message>
    <message>
        <source>This is a pipeline. Open it with Ctrl+O.</source>
        <translation>这是流程。请按 Ctrl+O 打开。</translation>
    </message>
    <message>
        <source>No picture was found there. Choose a folder with pictures, or a table that lists them.</source>
        <translation>那里没有找到图片。请选择含有图片的文件夹，或列出图片的表格。</translation>
    </message>
    <message>
        <source>No picture has a class. Put the pictures of each class into a folder of its own, named like the class, and import the folder around them.</source>
        <translation>没有一张图片带类别。请把每个类别的图片放进以类别命名的文件夹，再导入外层文件夹。</translation>
    </message>
    <message>
        <source>All pictures are of the class “%1”. Put pictures of a second class into a folder beside it before training.</source>
        <translation>所有图片都属于类别“%1”。训练前请在旁边放一个第二类图片的文件夹。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Copying…</source>
        <translation>正在复制…</translation>
    </message>
    <message>
        <source>I&amp;mport</source>
        <translation>导入(&amp;M)</translation>
    </message>
    <message>
        <source>Puts the pictures into the pipeline</source>
        <translation>把图片放进流程</translation>
    </message>
    <message>
        <source>Copying: %1 of %2 files</source>
        <translation>正在复制：%1 / %2 个文件</translation>
    </message>
    <message>
        <source>Opening the pictures, %1 so far; ten seconds at most</source>
        <translation>正在打开图片，已有 %1 张；最多十秒</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>“%1”类</translation>
    </message>
    <message>
        <source>There is only one picture of %1: it cannot be in training and test at once. Add pictures of it, or take its folder out.</source>
        <translation>%1 只有一张图片：它不能同时用于训练和测试。请添加图片，或去掉它的文件夹。</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::LabelPanel</name>
    <message>
        <source>The project folder is read-only. Copy it to a folder of your own to label.</source>
        <translation>项目文件夹是只读的。请将它复制到您自己的文件夹后再标注。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>There is no class with the key %1 yet. Name one below the list of classes, or with /.</source>
        <translation>还没有按键为 %1 的类别。请在类别列表下方或按 / 新建一个。</translation>
    </message>
    <message>
        <source>%1 has the key %2 now.</source>
        <translation>%1 的按键现在是 %2。</translation>
    </message>
    <message>
        <source>There is no suggestion for this picture yet; a number labels it.</source>
        <translation>这张图片还没有建议；按数字键即可标注。</translation>
    </message>
    <message>
        <source>There is no picture before this one to copy from.</source>
        <translation>前面没有可供复制的图片。</translation>
    </message>
    <message>
        <source>The picture before has no shapes that fit this one.</source>
        <translation>上一张图片没有适合这张的形状。</translation>
    </message>
    <message>
        <source>Suggestions to confirm, the hardest first</source>
        <translation>待确认的建议，最难的在前</translation>
    </message>
    <message>
        <source>&amp;Mine stands</source>
        <translation>保留我的(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Theirs stands</source>
        <translation>保留对方的(&amp;T)</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标注</translation>
    </message>
    <message>
        <source>This is the first picture.</source>
        <translation>这是第一张图片。</translation>
    </message>
    <message>
        <source>This was the last picture.</source>
        <translation>这是最后一张图片。</translation>
    </message>
    <message>
        <source>Nothing was found there. Point somewhere else, or draw it by hand.</source>
        <translation>那里什么也没找到。请点别处，或手动绘制。</translation>
    </message>
    <message>
        <source>A first look; it is being refined. Enter takes it as it is.</source>
        <translation>这是初步结果，正在细化。按 Enter 可直接采用。</translation>
    </message>
    <message>
        <source>Enter takes this shape, Esc lets it go. Q and E point at what belongs to it and what does not.</source>
        <translation>按 Enter 采用此形状，按 Esc 放弃。用 Q 和 E 点出属于和不属于它的部分。</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>掩膜</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>关键点</translation>
    </message>
    <message>
        <source>Opening the data set…</source>
        <translation>正在打开数据集…</translation>
    </message>
    <message>
        <source>Every picture has a label. Choose “All pictures” to look through them.</source>
        <translation>每张图片都已有标签。选择“所有图片”可逐张浏览。</translation>
    </message>
    <message>
        <source>Looking for a picture…</source>
        <translation>正在寻找图片…</translation>
    </message>
    <message>
        <source>%1 of %2 pictures have no label yet</source>
        <translation>%2 张图片中有 %1 张还没有标签</translation>
    </message>
    <message>
        <source>%1, %2 × %3 pixels. %4.</source>
        <translation>%1，%2 × %3 像素。%4。</translation>
    </message>
    <message>
        <source>No label yet</source>
        <translation>还没有标签</translation>
    </message>
    <message>
        <source>Label: %1</source>
        <translation>标签：%1</translation>
    </message>
    <message>
        <source>The model cannot help: %1 Labelling by hand goes on.</source>
        <translation>模型无法帮忙：%1手动标注可以继续。</translation>
    </message>
    <message>
        <source>The model that helps is starting.</source>
        <translation>辅助模型正在启动。</translation>
    </message>
    <message>
        <source>Looking at the pictures: %1 of %2</source>
        <translation>正在查看图片：%1/%2</translation>
    </message>
    <message>
        <source>Suggestions come as soon as two classes have labels.</source>
        <translation>两个类别有标签后就会出现建议。</translation>
    </message>
    <message>
        <source>Suggestion: %1, %2</source>
        <translation>建议：%1，%2</translation>
    </message>
    <message>
        <source>The model would say %1, %2</source>
        <translation>模型认为是 %1，%2</translation>
    </message>
    <message>
        <source>Accept %1 (Enter)</source>
        <translation>接受 %1（Enter）</translation>
    </message>
    <message>
        <source>All labels are saved.</source>
        <translation>所有标签均已保存。</translation>
    </message>
    <message>
        <source>%1 not saved yet: the engine is being started again.</source>
        <translation>%1尚未保存：引擎正在重新启动。</translation>
    </message>
    <message>
        <source>Saving: %1</source>
        <translation>正在保存：%1</translation>
    </message>
    <message>
        <source>There are no pictures yet.</source>
        <translation>还没有图片。</translation>
    </message>
    <message>
        <source>Training tells classes apart: name at least two.</source>
        <translation>训练是为了区分类别：请至少命名两个类别。</translation>
    </message>
    <message>
        <source>%1 has %2 of %3 images, %4 minimum. %5 more and training can begin.</source>
        <translation>%1 有 %2 张，建议 %3 张，至少 %4 张。再标注%5即可开始训练。</translation>
    </message>
    <message>
        <source>A run is under way; wait for its end or interrupt it.</source>
        <translation>有运行正在进行；请等待结束或中断它。</translation>
    </message>
    <message>
        <source>Puts the newest state of the data into the pipeline and runs it</source>
        <translation>将最新的数据放入流程并运行</translation>
    </message>
    <message>
        <source>%1 has %2 of %3 images, %4 minimum. It can train; more of these help most.</source>
        <translation>%1 有 %2 张，建议 %3 张，至少 %4 张。可以训练；多标注这类最有帮助。</translation>
    </message>
    <message>
        <source>%1 since the last training that began here.</source>
        <translation>自上次在此处开始训练以来：%1。</translation>
    </message>
    <message>
        <source>Labels from one training to the next</source>
        <translation>两次训练之间的标签数</translation>
    </message>
    <message>
        <source>Tick the box beside it first.</source>
        <translation>请先勾选旁边的复选框。</translation>
    </message>
    <message>
        <source>Clicks, keys and seconds a label are counted here and go with an exported data set.</source>
        <translation>这里统计每个标签所需的点击、按键和秒数，并随数据集一起导出。</translation>
    </message>
    <message>
        <source>%1: %2 s, %3 keys, %4 clicks each</source>
        <translation>%1：平均每个 %2 秒、%3 次按键、%4 次点击</translation>
    </message>
    <message>
        <source>Known as soon as there are labels enough to check with.</source>
        <translation>有足够的标签用于检验后即可得知。</translation>
    </message>
    <message>
        <source>&amp;Confirm suggestions…</source>
        <translation>确认建议(&amp;C)…</translation>
    </message>
    <message>
        <source>The hard ones to look at, the sure ones to accept at once</source>
        <translation>难的逐张查看，有把握的一次接受</translation>
    </message>
    <message>
        <source>There are no suggestions yet: label some pictures of two classes first.</source>
        <translation>还没有建议：请先标注两个类别的一些图片。</translation>
    </message>
    <message>
        <source>Boxes, polygons and masks can train a classifier of regions today: the block Regions makes a picture of each. Models that find boxes or masks by themselves are not trained here yet; exported data sets hold them.</source>
        <translation>边框、多边形和掩膜目前可以训练区域分类器：“区域”模块把每个形状变成一张图片。自行检测边框或掩膜的模型目前还不能在此训练；导出的数据集会包含这些形状。</translation>
    </message>
    <message>
        <source>Boxes, polygons and masks are kept and exported. No block that is installed trains on them.</source>
        <translation>边框、多边形和掩膜会被保存和导出。已安装的模块都不用它们训练。</translation>
    </message>
    <message>
        <source>What helps most first</source>
        <translation>最有帮助的在前</translation>
    </message>
    <message>
        <source>Without a label, in their order</source>
        <translation>没有标签的，按顺序</translation>
    </message>
    <message>
        <source>All pictures</source>
        <translation>所有图片</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>已隐藏</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Choose a shape first.</source>
        <translation>请先选择一个形状。</translation>
    </message>
    <message>
        <source>There is no label that the model doubts.</source>
        <translation>没有模型怀疑的标签。</translation>
    </message>
    <message>
        <source>Labels that the model doubts</source>
        <translation>模型怀疑的标签</translation>
    </message>
    <message>
        <source>Folder of pictures to label</source>
        <translation>要标注的图片文件夹</translation>
    </message>
    <message>
        <source>Pictures to label</source>
        <translation>要标注的图片</translation>
    </message>
    <message>
        <source>Choose a folder of pictures, or drop it here. They need no classes yet: you name the classes, label some pictures with the number keys, and the model suggests the rest.</source>
        <translation>选择一个图片文件夹，或将其拖到这里。图片还不需要类别：由您命名类别，用数字键标注一些图片，其余由模型给出建议。</translation>
    </message>
    <message>
        <source>Choose a &amp;folder…</source>
        <translation>选择文件夹(&amp;F)…</translation>
    </message>
    <message>
        <source>Another &amp;tool&apos;s export…</source>
        <translation>其他工具的导出(&amp;T)…</translation>
    </message>
    <message>
        <source>Shows what is in a folder before any of it comes in</source>
        <translation>先显示文件夹中的内容，然后再导入</translation>
    </message>
    <message>
        <source>An archive, or a data set that another tool wrote, with or without labels</source>
        <translation>压缩包，或其他工具写出的数据集，有无标签均可</translation>
    </message>
    <message>
        <source>No suggestion can be %1 yet: no picture has that label.</source>
        <translation>目前还不会建议 %1：还没有图片带有该标签。</translation>
    </message>
    <message>
        <source>No suggestion can be one of %1 yet that no picture has as its label.</source>
        <translation>还有 %1没有任何图片作为标签，因此目前不会被建议。</translation>
    </message>
    <message>
        <source>Suggestions are made for %1 of %2 pictures; there is no room to keep what the model saw of the other %3. Once they are labelled they count all the same.</source>
        <translation>为 %2 张图片中的 %1 张给出建议；其余 %3 张的特征没有空间保存。它们一经标注，同样计算在内。</translation>
    </message>
    <message>
        <source>Classes, the first step on top</source>
        <translation>类别，第一级在最上面</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Choose a class that has one to change places with.</source>
        <translation>请选择一个可以交换位置的类别。</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::LabelSide</name>
    <message>
        <source>Which picture comes next</source>
        <translation>下一张显示哪张图片</translation>
    </message>
    <message>
        <source>Takes the suggestion as the label and goes to the next picture (Enter)</source>
        <translation>采用建议作为标签并转到下一张图片（Enter）</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>A click labels the picture, or chooses the class that shapes are drawn with. Ctrl and a number give the chosen class that key; / finds a class by its name.</source>
        <translation>单击可标注图片，或选择绘制形状所用的类别。Ctrl 加数字可把该按键分配给所选类别；按 / 可按名称查找类别。</translation>
    </message>
    <message>
        <source>Name a new class</source>
        <translation>新类别名称</translation>
    </message>
    <message>
        <source>Several classes a picture</source>
        <translation>每张图片可有多个类别</translation>
    </message>
    <message>
        <source>A number adds its class to the picture or takes it away; D goes on</source>
        <translation>数字键为图片添加或去掉该类别；按 D 继续</translation>
    </message>
    <message>
        <source>Shapes</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Hide or show the chosen shape (H)</source>
        <translation>隐藏或显示所选形状（H）</translation>
    </message>
    <message>
        <source>Lock or unlock the chosen shape (L)</source>
        <translation>锁定或解锁所选形状（L）</translation>
    </message>
    <message>
        <source>Bring the chosen shape forward (Page Up)</source>
        <translation>将所选形状前移（Page Up）</translation>
    </message>
    <message>
        <source>Send the chosen shape back (Page Down)</source>
        <translation>将所选形状后移（Page Down）</translation>
    </message>
    <message>
        <source>Remove the chosen shape (Delete)</source>
        <translation>删除所选形状（Delete）</translation>
    </message>
    <message>
        <source>How good it is</source>
        <translation>效果如何</translation>
    </message>
    <message>
        <source>Accuracy over the number of labels</source>
        <translation>准确率随标签数的变化</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>&amp;Train on this revision</source>
        <translation>用此版本训练(&amp;T)</translation>
    </message>
    <message>
        <source>Trains again by itself whenever that many labels were given since the last time</source>
        <translation>自上次训练以来每增加这么多标签就自动重新训练</translation>
    </message>
    <message>
        <source>Labels from one training to the next</source>
        <translation>两次训练之间的标签数</translation>
    </message>
    <message>
        <source>Labels on the way to a first training</source>
        <translation>首次训练所需标签的进度</translation>
    </message>
    <message>
        <source>Effort</source>
        <translation>工作量</translation>
    </message>
    <message>
        <source>By itself every</source>
        <translation>自动训练，每</translation>
    </message>
    <message>
        <source> labels</source>
        <translation> 个标签</translation>
    </message>
    <message>
        <source>Classes have an order</source>
        <translation>类别有顺序</translation>
    </message>
    <message>
        <source>Classes are steps of a scale, such as none, slight, severe. An evaluation then also says how often the model is right within one step.</source>
        <translation>类别是等级的各级，例如无、轻微、严重。评估时还会说明模型相差不超过一级的比例。</translation>
    </message>
    <message>
        <source>Move the chosen class a step up</source>
        <translation>将所选类别上移一级</translation>
    </message>
    <message>
        <source>Move the chosen class a step down</source>
        <translation>将所选类别下移一级</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::LabelTools</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Undo the last change of the data (Ctrl+Z)</source>
        <translation>撤销对数据的上一次更改（Ctrl+Z）</translation>
    </message>
    <message>
        <source>Nothing was changed yet.</source>
        <translation>还没有任何更改。</translation>
    </message>
    <message>
        <source>Do it again (Ctrl+Shift+Z)</source>
        <translation>重做（Ctrl+Shift+Z）</translation>
    </message>
    <message>
        <source>Nothing was undone.</source>
        <translation>没有可重做的操作。</translation>
    </message>
    <message>
        <source>Previous picture (A)</source>
        <translation>上一张图片（A）</translation>
    </message>
    <message>
        <source>Next picture (D)</source>
        <translation>下一张图片（D）</translation>
    </message>
    <message>
        <source>Copy the shapes of the picture before (C)</source>
        <translation>复制上一张图片的形状（C）</translation>
    </message>
    <message>
        <source>Hide all shapes (Ctrl+H)</source>
        <translation>隐藏所有形状（Ctrl+H）</translation>
    </message>
    <message>
        <source>Points go to the edges near them; Shift leaves them where they are</source>
        <translation>点会吸附到附近的边缘；按住 Shift 则保持原位</translation>
    </message>
    <message>
        <source>Show all of the picture (F)</source>
        <translation>显示整张图片（F）</translation>
    </message>
    <message>
        <source>Brightness, contrast and gamma of the view; the picture stays as it is</source>
        <translation>显示的亮度、对比度和伽马；图片本身不变</translation>
    </message>
    <message>
        <source>Give the picture the whole window (Ctrl+Shift+F)</source>
        <translation>让图片占据整个窗口（Ctrl+Shift+F）</translation>
    </message>
    <message>
        <source>&amp;Brightness</source>
        <translation>亮度(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Contrast</source>
        <translation>对比度(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Gamma</source>
        <translation>伽马(&amp;G)</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>对比度</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>伽马</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>恢复原样</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::MachineDialogs</name>
    <message>
        <source>Give the machine a name.</source>
        <translation>请给机器起个名字。</translation>
    </message>
    <message>
        <source>The name may have letters, digits, dots, dashes and underscores; &quot;local&quot; is this machine.</source>
        <translation>名称可以包含字母、数字、点、短横线和下划线；“local”表示本机。</translation>
    </message>
    <message>
        <source>Type the host as you would after ssh in a terminal.</source>
        <translation>请输入主机名，就像在终端中写在 ssh 后面的那样。</translation>
    </message>
    <message>
        <source>Add a machine</source>
        <translation>添加机器</translation>
    </message>
    <message>
        <source>A machine that ssh reaches by a name and without a password: no keys, passwords or ports are kept here. What works as &quot;ssh NAME&quot; in a terminal works here.</source>
        <translation>能用 ssh 按名称、无需密码连接的机器：这里不保存密钥、密码或端口。在终端中能用“ssh 名称”连接的，在这里也能用。</translation>
    </message>
    <message>
        <source>The cluster&apos;s default</source>
        <translation>集群的默认值</translation>
    </message>
    <message>
        <source>GPU box over SSH</source>
        <translation>通过 SSH 连接的 GPU 机器</translation>
    </message>
    <message>
        <source>Slurm cluster</source>
        <translation>Slurm 集群</translation>
    </message>
    <message>
        <source>A host of ~/.ssh/config</source>
        <translation>~/.ssh/config 中的主机</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>SSH host</source>
        <translation>SSH 主机</translation>
    </message>
    <message>
        <source>Name here</source>
        <translation>在这里的名称</translation>
    </message>
    <message>
        <source>Folder there</source>
        <translation>那里的文件夹</translation>
    </message>
    <message>
        <source>Partition</source>
        <translation>分区</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>Time limit of a job</source>
        <translation>作业的时间限制</translation>
    </message>
    <message>
        <source>Resources of a job</source>
        <translation>作业的资源</translation>
    </message>
    <message>
        <source>Features of a node</source>
        <translation>节点的特性</translation>
    </message>
    <message>
        <source>Memory of a job</source>
        <translation>作业的内存</translation>
    </message>
    <message>
        <source>Add and test</source>
        <translation>添加并测试</translation>
    </message>
    <message>
        <source>Do not add</source>
        <translation>不添加</translation>
    </message>
    <message>
        <source>%1 is on the list already and will be changed.</source>
        <translation>%1 已在列表中，将被更改。</translation>
    </message>
    <message>
        <source>Without a host jobs are submitted from this machine. The folder must be one that the nodes see.</source>
        <translation>不填主机时，作业从本机提交。文件夹必须是各节点都能看到的。</translation>
    </message>
    <message>
        <source>It will be connected to once, to see what is there. Nothing is sent before you agree.</source>
        <translation>将连接一次，看看那里有什么。在您同意之前不会发送任何东西。</translation>
    </message>
    <message>
        <source>Send the worker</source>
        <translation>发送工作程序</translation>
    </message>
    <message>
        <source>Send %1 to %2?</source>
        <translation>向 %2 发送 %1？</translation>
    </message>
    <message>
        <source>That is Patchbay&apos;s worker with its libraries, kept in %1 there, where %2 are free. What is there already is not sent again, also when this is stopped half-way.</source>
        <translation>这是 Patchbay 的工作程序及其库，保存在那里的 %1，该处还有 %2 可用空间。已经在那里的不会再次发送，中途停止时也一样。</translation>
    </message>
    <message>
        <source>Send it</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不发送</translation>
    </message>
    <message>
        <source>These are data, models and results that no job has used for a day, or for a month while jobs run there. What is needed again is sent again. Jobs, their checkpoints and the worker stay, and nothing is removed here.</source>
        <translation>这些是一天内（有作业在那里运行时为一个月内）没有任何作业用过的数据、模型和结果。再次需要时会重新发送。作业、它们的检查点和工作程序都会保留，本机上不会删除任何东西。</translation>
    </message>
    <message>
        <source>Free there now %1, afterwards %2.</source>
        <translation>那里现在可用 %1，之后为 %2。</translation>
    </message>
    <message>
        <source>Clean up</source>
        <translation>清理</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n file(s), %1, from %2?</source>
        <translation>
            <numerusform>从 %2 删除 %n 个文件（%1）？</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove them</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>What lies there stays there, and pipelines that are set to run on it say that it is not known. It can be added again under the same name.</source>
        <translation>那里的内容会保留；设为在它上面运行的流程会提示不认识该机器。以后可以用同样的名称重新添加。</translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation>从列表中移除</translation>
    </message>
    <message>
        <source>Take %1 off the list of machines?</source>
        <translation>将 %1 从机器列表中移除？</translation>
    </message>
    <message>
        <source>Take it off</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Jobs of ours are still there (%1) and would not be followed any more: cancel them first.</source>
        <translation>那里还有我们的 %1 个作业，移除后将不再跟踪：请先取消它们。</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::MachineJobs</name>
    <message>
        <source>It ends within seconds. What it had computed by its last checkpoint stays, so that it goes on from there when the pipeline is run again.</source>
        <translation>它会在几秒内结束。到最近一个检查点为止的计算会保留，再次运行流程时从那里继续。</translation>
    </message>
    <message>
        <source>It is taken out of the queue; nothing of it was computed yet.</source>
        <translation>它会被移出队列；还没有进行任何计算。</translation>
    </message>
    <message>
        <source>The run it belongs to ends as cancelled here, and what follows this step is not computed.</source>
        <translation>它所属的运行在这里以“已取消”结束，此步骤之后的内容不会计算。</translation>
    </message>
    <message>
        <source>It belongs to another project or another computer of yours, whose run ends as cancelled.</source>
        <translation>它属于您的另一个项目或另一台电脑，那里的运行将以“已取消”结束。</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 的 %1</translation>
    </message>
    <message>
        <source>%1, job %2</source>
        <translation>%1，作业 %2</translation>
    </message>
    <message>
        <source>this project</source>
        <translation>本项目</translation>
    </message>
    <message>
        <source>another project</source>
        <translation>其他项目</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>No machine is chosen</source>
        <translation>未选择机器</translation>
    </message>
    <message>
        <source>Choose one in the list.</source>
        <translation>请在列表中选择一台。</translation>
    </message>
    <message>
        <source>What runs there is not known</source>
        <translation>不知道那里在运行什么</translation>
    </message>
    <message>
        <source>%1 was not reached yet.</source>
        <translation>还没有连接上 %1。</translation>
    </message>
    <message>
        <source>Asking %1…</source>
        <translation>正在询问 %1…</translation>
    </message>
    <message>
        <source>No job of ours is there</source>
        <translation>那里没有我们的作业</translation>
    </message>
    <message>
        <source>Choose %1 under &quot;This pipeline runs on&quot; and run the pipeline: its steps appear here.</source>
        <translation>在“此流程运行于”中选择 %1 并运行流程：它的步骤会显示在这里。</translation>
    </message>
    <message>
        <source>What the job says, as it says it (Enter)</source>
        <translation>实时显示作业的输出(Enter)</translation>
    </message>
    <message>
        <source>Choose a job first.</source>
        <translation>请先选择一个作业。</translation>
    </message>
    <message>
        <source>The job is over.</source>
        <translation>作业已经结束。</translation>
    </message>
    <message>
        <source>The machine cannot be reached now; stop the run under Queue instead.</source>
        <translation>现在无法连接该机器；请改在“队列”中停止运行。</translation>
    </message>
    <message>
        <source>An answer is being waited for.</source>
        <translation>正在等待回答。</translation>
    </message>
    <message>
        <source>Says what it means first</source>
        <translation>先说明这意味着什么</translation>
    </message>
    <message>
        <source>Cancel the job</source>
        <translation>取消作业</translation>
    </message>
    <message>
        <source>Cancel %1 on %2?</source>
        <translation>取消 %2 上的 %1？</translation>
    </message>
    <message>
        <source>Let it go on</source>
        <translation>让它继续</translation>
    </message>
    <message>
        <source>Cancelling %1…</source>
        <translation>正在取消 %1…</translation>
    </message>
    <message>
        <source>%1 was told to end.</source>
        <translation>已通知 %1 结束。</translation>
    </message>
    <message>
        <source>Pipeline</source>
        <translation>流程</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>开始于</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>属于</translation>
    </message>
    <message>
        <source>Our jobs there</source>
        <translation>我们在那里的作业</translation>
    </message>
    <message>
        <source>Show the log</source>
        <translation>显示日志</translation>
    </message>
    <message>
        <source>Cancel the job…</source>
        <translation>取消作业…</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::MachineLog</name>
    <message>
        <source>What is shown is as it was last. %1</source>
        <translation>显示的是最后一次的内容。%1</translation>
    </message>
    <message>
        <source>The job is over, and its log there was cleared away: what is shown is all there is.</source>
        <translation>作业已结束，那里的日志已被清除：这里显示的就是全部。</translation>
    </message>
    <message>
        <source>The job has said nothing yet.</source>
        <translation>作业还没有任何输出。</translation>
    </message>
    <message>
        <source>More than %1</source>
        <translation>多于 %1 处</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n 处</numerusform>
        </translation>
    </message>
    <message>
        <source>Type what is searched for first.</source>
        <translation>请先输入要查找的内容。</translation>
    </message>
    <message>
        <source>Save the log</source>
        <translation>保存日志</translation>
    </message>
    <message>
        <source>Text (*.log *.txt)</source>
        <translation>文本 (*.log *.txt)</translation>
    </message>
    <message>
        <source>The log was not saved. %1</source>
        <translation>日志没有保存。%1</translation>
    </message>
    <message>
        <source>Saved in %1.</source>
        <translation>已保存到 %1。</translation>
    </message>
    <message>
        <source>Choose a job first.</source>
        <translation>请先选择一个作业。</translation>
    </message>
    <message>
        <source>It is being saved.</source>
        <translation>正在保存。</translation>
    </message>
    <message>
        <source>Writes the whole log, from its beginning, into a file</source>
        <translation>把日志从头到尾写入文件</translation>
    </message>
    <message>
        <source>Copies what is marked, or all that is shown</source>
        <translation>复制选中的内容，或显示的全部内容</translation>
    </message>
    <message>
        <source>There is nothing to copy yet.</source>
        <translation>还没有可复制的内容。</translation>
    </message>
    <message>
        <source>What was marked is copied.</source>
        <translation>已复制选中的内容。</translation>
    </message>
    <message>
        <source>All that is shown is copied.</source>
        <translation>已复制显示的全部内容。</translation>
    </message>
    <message>
        <source>Choose a job under Jobs and press Show the log: what it says appears here as it says it.</source>
        <translation>在“作业”中选择一个作业并按“显示日志”：它的输出会实时显示在这里。</translation>
    </message>
    <message>
        <source>%1, on %2</source>
        <translation>%1，在 %2 上</translation>
    </message>
    <message>
        <source>Search the log</source>
        <translation>在日志中查找</translation>
    </message>
    <message>
        <source>The place before (Shift+Enter)</source>
        <translation>上一处(Shift+Enter)</translation>
    </message>
    <message>
        <source>The next place (Enter)</source>
        <translation>下一处(Enter)</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>跟随</translation>
    </message>
    <message>
        <source>Stays at the end while the job goes on</source>
        <translation>作业继续时停留在末尾</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Log of the job</source>
        <translation>作业的日志</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::MachineOverview</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>The figures below are of %1.</source>
        <translation>下面的数字是%1的。</translation>
    </message>
    <message>
        <source>%1 is being asked; one thing after the other.</source>
        <translation>正在询问 %1；一件一件来。</translation>
    </message>
    <message>
        <source>Jobs are submitted from this machine, which has the worker.</source>
        <translation>作业从本机提交，本机已有工作程序。</translation>
    </message>
    <message>
        <source>Asks first, with the size</source>
        <translation>先询问，并说明大小</translation>
    </message>
    <message>
        <source>The machine does not answer as it should; nothing can be removed there.</source>
        <translation>该机器没有正常回答；无法在那里删除任何东西。</translation>
    </message>
    <message>
        <source>Shows first what would be removed and how much it frees</source>
        <translation>先显示将删除什么、能释放多少空间</translation>
    </message>
    <message>
        <source>Looking what %1 has already… %2</source>
        <translation>正在查看 %1 上已有什么… %2</translation>
    </message>
    <message>
        <source>The worker is on %1 already.</source>
        <translation>%1 上已经有工作程序。</translation>
    </message>
    <message>
        <source>Sending %1 to %2… %3 so far</source>
        <translation>正在向 %2 发送 %1… 已用 %3</translation>
    </message>
    <message>
        <source>Looking what could go from %1… %2</source>
        <translation>正在查看 %1 上可以删除什么… %2</translation>
    </message>
    <message>
        <source>There is nothing to remove: all that lies there was used in the last day, or may be needed by a job that runs.</source>
        <translation>没有可删除的：那里的内容在最近一天内都用过，或者正在运行的作业可能需要。</translation>
    </message>
    <message>
        <source>Removing from %1… %2</source>
        <translation>正在从 %1 删除… %2</translation>
    </message>
    <message numerus="yes">
        <source>Removed %n file(s), %1.</source>
        <translation>
            <numerusform>已删除 %n 个文件，共 %1。</numerusform>
        </translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>已复制：%1</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Send the worker…</source>
        <translation>发送工作程序…</translation>
    </message>
    <message>
        <source>Clean up…</source>
        <translation>清理…</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Try again now</source>
        <translation>现在重试</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>State of the machine</source>
        <translation>机器的状态</translation>
    </message>
    <message>
        <source>What is wrong, and what mends it</source>
        <translation>哪里不对，如何修复</translation>
    </message>
    <message>
        <source>How busy the machine is</source>
        <translation>机器的繁忙程度</translation>
    </message>
    <message>
        <source>What the machine says</source>
        <translation>机器的回答</translation>
    </message>
    <message>
        <source>Asking %1 what is there… %2</source>
        <translation>正在询问 %1 那里有什么… %2</translation>
    </message>
    <message>
        <source>Ready: choose %1 above and run the pipeline.</source>
        <translation>就绪：在上方选择 %1 并运行流程。</translation>
    </message>
    <message>
        <source>Says in words what is there, and what is wrong, with the command that mends it</source>
        <translation>用文字说明那里有什么、哪里不对，以及修复它的命令</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::MachinesPanel</name>
    <message>
        <source>System: %1, glibc %2</source>
        <translation>系统：%1，glibc %2</translation>
    </message>
    <message>
        <source>Processor: %1 cores, load %2</source>
        <translation>处理器：%1 核，负载 %2</translation>
    </message>
    <message>
        <source>Memory: %1 GB, disk: %2 GB free</source>
        <translation>内存：%1 GB，磁盘：可用 %2 GB</translation>
    </message>
    <message>
        <source>GPUs: none</source>
        <translation>显卡：无</translation>
    </message>
    <message>
        <source>GPU: %1, %2 GB</source>
        <translation>显卡：%1，%2 GB</translation>
    </message>
    <message>
        <source>Partition %1 (%2): %3 node(s), time %4, %5</source>
        <translation>分区 %1（%2）:%3 个节点，时间 %4，%5</translation>
    </message>
    <message>
        <source>Choose a machine first.</source>
        <translation>请先选择一台机器。</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Machines</source>
        <translation>机器</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>机器</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Queue, everybody</source>
        <translation>队列（所有人）</translation>
    </message>
    <message>
        <source>%1 run, %2 wait</source>
        <translation>%1 个运行，%2 个等待</translation>
    </message>
    <message>
        <source>Queue, yours</source>
        <translation>队列（您的）</translation>
    </message>
    <message>
        <source>Processors of the login node</source>
        <translation>登录节点的处理器</translation>
    </message>
    <message>
        <source>Processors</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>%1 of %2 at work</source>
        <translation>%2 个中有 %1 个在工作</translation>
    </message>
    <message>
        <source>Memory of the login node</source>
        <translation>登录节点的内存</translation>
    </message>
    <message>
        <source>%1 of %2 in use</source>
        <translation>已用 %1，共 %2</translation>
    </message>
    <message>
        <source>%1 at work, %2 of %3</source>
        <translation>%1 忙碌，%2 / %3</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>%1 free</source>
        <translation>可用 %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>The GPU cannot be computed on: %1 Run `app/setup/install --gpu` there.</source>
        <translation>无法在该 GPU 上计算：%1 请在那里运行 `app/setup/install --gpu`。</translation>
    </message>
    <message>
        <source>Its clock is %1 ahead; nothing depends on it.</source>
        <translation>它的时钟快了 %1；没有任何功能依赖于此。</translation>
    </message>
    <message>
        <source>Its clock is %1 behind; nothing depends on it.</source>
        <translation>它的时钟慢了 %1；没有任何功能依赖于此。</translation>
    </message>
    <message>
        <source>Cluster: %1</source>
        <translation>集群：%1</translation>
    </message>
    <message>
        <source>Accounts: %1</source>
        <translation>账户：%1</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚才</translation>
    </message>
    <message numerus="yes">
        <source>%n second(s) ago</source>
        <translation>
            <numerusform>%n 秒前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n 分钟前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n 小时前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n 天前</numerusform>
        </translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>正在询问…</translation>
    </message>
    <message>
        <source>Last seen %1</source>
        <translation>上次见到：%1</translation>
    </message>
    <message>
        <source>Not asked yet</source>
        <translation>尚未询问</translation>
    </message>
    <message>
        <source>Not reached; last seen %1</source>
        <translation>无法连接；上次见到：%1</translation>
    </message>
    <message>
        <source>Not reached</source>
        <translation>无法连接</translation>
    </message>
    <message>
        <source>Answers; the worker is not there yet</source>
        <translation>有回答；那里还没有工作程序</translation>
    </message>
    <message>
        <source>Something is to be mended</source>
        <translation>有问题需要修复</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>忙碌</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message numerus="yes">
        <source>Busy, %n job(s) of ours</source>
        <translation>
            <numerusform>忙碌，我们的作业 %n 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ready, %n job(s) of ours</source>
        <translation>
            <numerusform>就绪，我们的作业 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Slurm cluster, from this machine</source>
        <translation>Slurm 集群，从本机提交</translation>
    </message>
    <message>
        <source>Slurm cluster at %1</source>
        <translation>Slurm 集群，位于 %1</translation>
    </message>
    <message>
        <source>GPU box at %1</source>
        <translation>GPU 机器，位于 %1</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>is over</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>in the queue (%1)</source>
        <translation>排队中（%1）</translation>
    </message>
    <message>
        <source>in the queue</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>No other machine yet</source>
        <translation>还没有其他机器</translation>
    </message>
    <message>
        <source>Add a GPU box or a Slurm cluster by the name you type after ssh, such as gpu-box: a host of ~/.ssh/config. It is then tested, and what is there and what is wrong is told in words.</source>
        <translation>用您写在 ssh 后面的名称（例如 gpu-box，即 ~/.ssh/config 中的主机）添加 GPU 机器或 Slurm 集群。添加后会进行测试，用文字说明那里有什么、哪里不对。</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1。%2</translation>
    </message>
    <message>
        <source>Jobs (%1)</source>
        <translation>作业（%1）</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>作业</translation>
    </message>
    <message>
        <source>Takes %1 off the list, after asking</source>
        <translation>询问后将 %1 从列表中移除</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>Add a machine…</source>
        <translation>添加机器…</translation>
    </message>
    <message>
        <source>Take off the list…</source>
        <translation>从列表中移除…</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>The chosen machine</source>
        <translation>所选的机器</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::MainWindow</name>
    <message>
        <source>Open pipeline</source>
        <translation>打开流程</translation>
    </message>
    <message>
        <source>Pipelines (*.json)</source>
        <translation>流程 (*.json)</translation>
    </message>
    <message>
        <source>Open project folder</source>
        <translation>打开项目文件夹</translation>
    </message>
    <message>
        <source>Folder of pictures</source>
        <translation>图片文件夹</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Undo all of it</source>
        <translation>全部撤销</translation>
    </message>
    <message>
        <source>Patchbay</source>
        <translation>Patchbay</translation>
    </message>
    <message>
        <source>%1[*] - %2 - Patchbay</source>
        <translation>%1[*] - %2 - Patchbay</translation>
    </message>
    <message>
        <source>Open a pipeline first.</source>
        <translation>请先打开一个流程。</translation>
    </message>
    <message>
        <source>&amp;Undo: %1</source>
        <translation>撤销(&amp;U)：%1</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>Takes back the last change</source>
        <translation>撤回上一次改动</translation>
    </message>
    <message>
        <source>&amp;Redo: %1</source>
        <translation>重做(&amp;R)：%1</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>Makes the change that was taken back again</source>
        <translation>重新执行撤回的改动</translation>
    </message>
    <message>
        <source>Nothing has been changed yet.</source>
        <translation>还没有任何改动。</translation>
    </message>
    <message>
        <source>Nothing has been taken back.</source>
        <translation>没有可以重做的改动。</translation>
    </message>
    <message>
        <source>Everything is saved.</source>
        <translation>全部已保存。</translation>
    </message>
    <message>
        <source>Select a block first.</source>
        <translation>请先选择一个模块。</translation>
    </message>
    <message>
        <source>Nothing runs.</source>
        <translation>没有任务在运行。</translation>
    </message>
    <message>
        <source>There are no problems.</source>
        <translation>没有问题。</translation>
    </message>
    <message>
        <source>No block has made a model yet. Run the pipeline first.</source>
        <translation>还没有模块生成模型。请先运行流程。</translation>
    </message>
    <message>
        <source>A pipeline runs</source>
        <translation>有一个流程正在运行</translation>
    </message>
    <message>
        <source>Done in %1.</source>
        <translation>用时 %1 完成。</translation>
    </message>
    <message>
        <source>Failed.</source>
        <translation>失败。</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation>已写到 %1</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>This project is open in another window, which was brought to the front.</source>
        <translation>这个项目已在另一个窗口打开，该窗口已移到最前面。</translation>
    </message>
    <message>
        <source>Unsaved changes</source>
        <translation>未保存的改动</translation>
    </message>
    <message>
        <source>The pipeline has changes that are not saved in its file.</source>
        <translation>流程有尚未保存到文件的改动。</translation>
    </message>
    <message>
        <source>Save them, or close without them?</source>
        <translation>要保存，还是不保存就关闭？</translation>
    </message>
    <message>
        <source>Close without saving</source>
        <translation>不保存并关闭</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>留下</translation>
    </message>
    <message>
        <source>A pipeline is running</source>
        <translation>有一个流程正在运行</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) are in progress.</source>
        <translation>
            <numerusform>%n 次运行正在进行。</numerusform>
        </translation>
    </message>
    <message>
        <source>Training can go on without this window; open the project again to see it. Stopping keeps what is finished.</source>
        <translation>训练可以在没有此窗口的情况下继续；再次打开项目即可看到。停止则保留已完成的部分。</translation>
    </message>
    <message>
        <source>Keep training</source>
        <translation>继续训练</translation>
    </message>
    <message>
        <source>Stop and keep the best</source>
        <translation>停止并保留最好的</translation>
    </message>
    <message>
        <source>Interrupt</source>
        <translation>中断</translation>
    </message>
    <message>
        <source>Save pipeline as</source>
        <translation>流程另存为</translation>
    </message>
    <message>
        <source>Another program changed the pipeline file. Nothing of yours is lost.</source>
        <translation>另一个程序修改了流程文件。您的内容没有丢失。</translation>
    </message>
    <message>
        <source>Load the file</source>
        <translation>载入该文件</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>保留我的</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>打开最近的(&amp;R)</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>还没有</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Block</source>
        <translation>模块(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>面板(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation>画布</translation>
    </message>
    <message>
        <source>Add a block</source>
        <translation>添加模块</translation>
    </message>
    <message>
        <source>Double-click on the canvas, Space, Shift+A</source>
        <translation>在画布上双击，或按空格、Shift+A</translation>
    </message>
    <message>
        <source>Only blocks that fit</source>
        <translation>只列出适合的模块</translation>
    </message>
    <message>
        <source>Drag a link into empty space</source>
        <translation>把连线拖到空白处</translation>
    </message>
    <message>
        <source>Put into a link</source>
        <translation>放进连线</translation>
    </message>
    <message>
        <source>Drop a block on the link</source>
        <translation>把模块放到连线上</translation>
    </message>
    <message>
        <source>Move about</source>
        <translation>移动视野</translation>
    </message>
    <message>
        <source>Middle button, or Space and drag</source>
        <translation>鼠标中键，或按住空格拖动</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>滚轮</translation>
    </message>
    <message>
        <source>Select several</source>
        <translation>选择多个</translation>
    </message>
    <message>
        <source>Drag over them; Shift adds</source>
        <translation>拖过它们；加 Shift 追加</translation>
    </message>
    <message>
        <source>Mouse</source>
        <translation>鼠标</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Find block</source>
        <translation>查找模块</translation>
    </message>
    <message>
        <source>Name of the block</source>
        <translation>模块的名称</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>前往</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>No block is called %1.</source>
        <translation>没有名为 %1 的模块。</translation>
    </message>
    <message>
        <source>About Patchbay</source>
        <translation>关于 Patchbay</translation>
    </message>
    <message>
        <source>&lt;h3&gt;Patchbay %1&lt;/h3&gt;</source>
        <translation>&lt;h3&gt;Patchbay %1&lt;/h3&gt;</translation>
    </message>
    <message>
        <source>Build, train and deploy vision models by drag and drop. The Studio is free software under the GNU General Public License 3 or later, the engine under the Apache License 2.0. It uses Qt %1 and QCustomPlot.</source>
        <translation>通过拖放构建、训练和部署视觉模型。Studio 是采用 GNU 通用公共许可证第 3 版或更新版本的自由软件，引擎采用 Apache License 2.0。它使用 Qt %1 和 QCustomPlot。</translation>
    </message>
    <message>
        <source>Copied. Paste it into your report; it names files and settings, but holds no picture.</source>
        <translation>已复制。请粘贴到您的报告中；其中有文件名和设置，但没有图片。</translation>
    </message>
    <message>
        <source>%1[*] - Patchbay</source>
        <translation>%1[*] - Patchbay</translation>
    </message>
    <message>
        <source>Only one pipeline is open.</source>
        <translation>只打开了一个流程。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln pipeline(s) have changes that are not saved in their files.</source>
        <translation>
            <numerusform>%Ln 个流程有未保存到文件的更改。</numerusform>
        </translation>
    </message>
    <message>
        <source>Changes that were not saved last time were brought back, every one of them. They are not in the file yet.</source>
        <translation>上次未保存的更改已全部恢复，但尚未写入文件。</translation>
    </message>
    <message>
        <source>%1 is closed. Its changes are kept and come back when it is opened again.</source>
        <translation>“%1”已关闭。其更改已保留，再次打开时会恢复。</translation>
    </message>
    <message>
        <source>Class of the picture, or of the chosen shape</source>
        <translation>图片或所选形状的类别</translation>
    </message>
    <message>
        <source>1 to 9; 0 takes it away</source>
        <translation>1 至 9；0 去掉类别</translation>
    </message>
    <message>
        <source>Find a class by its name</source>
        <translation>按名称查找类别</translation>
    </message>
    <message>
        <source>Give the chosen class a key</source>
        <translation>为所选类别分配按键</translation>
    </message>
    <message>
        <source>Ctrl+1 to Ctrl+9</source>
        <translation>Ctrl+1 至 Ctrl+9</translation>
    </message>
    <message>
        <source>Take the suggestion, or what is drawn</source>
        <translation>采用建议或正在绘制的形状</translation>
    </message>
    <message>
        <source>Next and previous picture</source>
        <translation>下一张和上一张图片</translation>
    </message>
    <message>
        <source>Box, rotated box, polygon, hole</source>
        <translation>边框、旋转框、多边形、挖孔</translation>
    </message>
    <message>
        <source>Brush, eraser, their size</source>
        <translation>画笔、橡皮擦及其大小</translation>
    </message>
    <message>
        <source>B, X; comma and full stop</source>
        <translation>B、X；逗号和句号</translation>
    </message>
    <message>
        <source>Magic wand, points, cut out of a box</source>
        <translation>魔棒、点、从框中抠出</translation>
    </message>
    <message>
        <source>Last tool again; select</source>
        <translation>再次使用上一个工具；选择</translation>
    </message>
    <message>
        <source>Copy the shapes of the picture before</source>
        <translation>复制上一张图片的形状</translation>
    </message>
    <message>
        <source>Hide, hide all, lock</source>
        <translation>隐藏、全部隐藏、锁定</translation>
    </message>
    <message>
        <source>Choose shapes, forward, back, remove</source>
        <translation>选择形状、前移、后移、删除</translation>
    </message>
    <message>
        <source>Cross-hair, press there, move the shape</source>
        <translation>移动十字线、在该处按下、移动形状</translation>
    </message>
    <message>
        <source>Arrows; Space; Alt and arrows</source>
        <translation>方向键；空格；Alt 加方向键</translation>
    </message>
    <message>
        <source>Labelling</source>
        <translation>标注</translation>
    </message>
    <message>
        <source>Folder of pictures to label</source>
        <translation>要标注的图片文件夹</translation>
    </message>
    <message>
        <source>Measure, serve, prove</source>
        <translation>测量、服务、证明</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::MeasureView</name>
    <message>
        <source>The table is on the clipboard.</source>
        <translation>表格已复制到剪贴板。</translation>
    </message>
    <message>
        <source> ms</source>
        <translation> 毫秒</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Longest time for one picture</source>
        <translation>一张图片最长用时</translation>
    </message>
    <message>
        <source>The most accurate model that takes at most so long for one picture, 19 times of 20, is named below</source>
        <translation>下方会指出在 20 次中有 19 次对一张图片至多用这么久的最准确的模型</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>What accuracy is drawn against</source>
        <translation>准确率相对什么绘制</translation>
    </message>
    <message>
        <source>As CSV</source>
        <translation>存为 CSV</translation>
    </message>
    <message>
        <source>As PNG</source>
        <translation>存为 PNG</translation>
    </message>
    <message>
        <source>What was measured</source>
        <translation>测量结果</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>大小 (MB)</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>Pictures/s</source>
        <translation>图片/秒</translation>
    </message>
    <message>
        <source>As the export says it was measured, with the 95 % interval</source>
        <translation>导出中记录的测量值，附 95 % 区间</translation>
    </message>
    <message>
        <source>It is being measured.</source>
        <translation>正在测量。</translation>
    </message>
    <message>
        <source>Tick an export in the list first.</source>
        <translation>请先在列表中勾选一个导出。</translation>
    </message>
    <message>
        <source>Measures what is ticked in the list, fp32 and int8, on this machine</source>
        <translation>在本机上测量列表中勾选的导出，fp32 和 int8</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Measuring %1 of %2. Other work on this machine makes the times longer.</source>
        <translation>正在测量第 %1 项，共 %2 项。本机上的其他工作会使时间变长。</translation>
    </message>
    <message>
        <source>Measure first.</source>
        <translation>请先测量。</translation>
    </message>
    <message>
        <source>Puts it on the clipboard, for a spreadsheet</source>
        <translation>复制到剪贴板，供电子表格使用</translation>
    </message>
    <message>
        <source>Stopped. What was measured before stays.</source>
        <translation>已停止。之前的测量结果保留。</translation>
    </message>
    <message>
        <source>The measuring ended without a result. Measure again.</source>
        <translation>测量结束但没有结果。请重新测量。</translation>
    </message>
    <message numerus="yes">
        <source>Of %n validation picture(s)</source>
        <translation>
            <numerusform>基于 %n 张验证图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %n picture(s) it was not trained on</source>
        <translation>
            <numerusform>基于 %n 张未参与训练的图片</numerusform>
        </translation>
    </message>
    <message>
        <source>This processor has no VNNI: int8 is about as fast as fp32 here. What it gains on this machine is the size.</source>
        <translation>此处理器没有 VNNI：int8 在这里与 fp32 差不多快。在本机上得到的好处是体积小。</translation>
    </message>
    <message>
        <source>Tick one or several exports and measure them: time for one picture and for eight, beside size and accuracy.</source>
        <translation>勾选一个或多个导出并测量：一张和八张图片的用时，以及大小和准确率。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Save the table</source>
        <translation>保存表格</translation>
    </message>
    <message>
        <source>Save the plot</source>
        <translation>保存图</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>已保存为 %1</translation>
    </message>
    <message>
        <source>%1 cannot be written. Choose another place.</source>
        <translation>%1 无法写入。请选择别的位置。</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>毫秒</translation>
    </message>
    <message>
        <source>ms, 95 %</source>
        <translation>毫秒，95 %</translation>
    </message>
    <message>
        <source>8: ms</source>
        <translation>8 张：毫秒</translation>
    </message>
    <message>
        <source>8: ms, 95 %</source>
        <translation>8 张：毫秒，95 %</translation>
    </message>
    <message>
        <source>Median for one picture, with the network alone</source>
        <translation>一张图片的中位用时，仅网络本身</translation>
    </message>
    <message>
        <source>19 of 20 pictures take at most so long</source>
        <translation>20 张图片中有 19 张至多用这么久</translation>
    </message>
    <message>
        <source>Median for eight pictures together</source>
        <translation>八张图片一起的中位用时</translation>
    </message>
    <message>
        <source>19 of 20 batches of eight take at most so long</source>
        <translation>20 批八张中有 19 批至多用这么久</translation>
    </message>
    <message>
        <source>At best, one by one or eight together</source>
        <translation>最好情况，逐张或八张一起</translation>
    </message>
    <message>
        <source>Nothing is measured yet</source>
        <translation>尚未测量</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>Against</source>
        <translation>对照</translation>
    </message>
    <message>
        <source>Copy table</source>
        <translation>复制表格</translation>
    </message>
    <message>
        <source>Save table…</source>
        <translation>保存表格…</translation>
    </message>
    <message>
        <source>Save plot…</source>
        <translation>保存图…</translation>
    </message>
    <message>
        <source>Serve this one</source>
        <translation>用它提供服务</translation>
    </message>
    <message>
        <source>Only one model was measured. Tick more exports to compare them, or set a limit.</source>
        <translation>只测量了一个模型。勾选更多导出进行比较，或设置上限。</translation>
    </message>
    <message>
        <source>Worth choosing from: %1. Every other model is beaten in accuracy and time.</source>
        <translation>值得选择：%1。其他模型在准确率和时间上都不如它们。</translation>
    </message>
    <message>
        <source>Worth choosing from: %1. Every other model is beaten in accuracy and size.</source>
        <translation>值得选择：%1。其他模型在准确率和大小上都不如它们。</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::MessageBar</name>
    <message>
        <source>Hide this message</source>
        <translation>隐藏此消息</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::ModelList</name>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::Panels</name>
    <message>
        <source>Blocks</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行记录</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Shows or hides the panel %1</source>
        <translation>显示或隐藏面板“%1”</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试一试</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标注</translation>
    </message>
    <message>
        <source>Machines</source>
        <translation>机器</translation>
    </message>
    <message>
        <source>Deploy</source>
        <translation>部署</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::PipelineTabs</name>
    <message>
        <source>Open pipelines of the project</source>
        <translation>项目中打开的流程</translation>
    </message>
    <message>
        <source>Another pipeline in this project</source>
        <translation>在此项目中再建一个流程</translation>
    </message>
    <message>
        <source>%1
Not saved</source>
        <translation>%1
未保存</translation>
    </message>
    <message>
        <source>Close %1</source>
        <translation>关闭 %1</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::PreferencesDialog</name>
    <message>
        <source>Folder for new projects</source>
        <translation>新项目的文件夹</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>首选项</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>颜色(&amp;C)</translation>
    </message>
    <message>
        <source>Compute &amp;on</source>
        <translation>计算设备(&amp;O)</translation>
    </message>
    <message>
        <source>New &amp;projects in</source>
        <translation>新项目位置(&amp;P)</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Whatever is fastest</source>
        <translation>选择最快的</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Tell me when a run ends while the window is in the background</source>
        <translation>窗口在后台时，运行结束后通知我</translation>
    </message>
    <message>
        <source>Keep the computer awake while something runs</source>
        <translation>有任务运行时让电脑保持唤醒</translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation>更改按键…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::ProofFacts</name>
    <message>
        <source>training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>Pictures unlike the training pictures are not marked: the export knows nothing of those. Export the model again with “Mark unlike pictures”.</source>
        <translation>与训练图片不相似的图片不会被标记：此导出不了解训练图片。请打开“标记不相似的图片”后重新导出模型。</translation>
    </message>
    <message>
        <source>How often the model is right on parts of the pictures</source>
        <translation>模型在各部分图片上判断正确的比例</translation>
    </message>
    <message>
        <source>Parts by</source>
        <translation>划分依据</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95 % 区间</translation>
    </message>
    <message>
        <source>The export holds no figures for parts of the pictures.</source>
        <translation>此导出没有各部分图片的指标。</translation>
    </message>
    <message>
        <source>On all %1 pictures of the part “%2” it is right in %3.</source>
        <translation>在“%2”部分的全部 %1 张图片上，正确率为 %3。</translation>
    </message>
    <message>
        <source>worse than all of them</source>
        <translation>低于总体</translation>
    </message>
    <message>
        <source>better than all of them</source>
        <translation>高于总体</translation>
    </message>
    <message>
        <source>Its interval does not reach the figure of all pictures. Among many parts one in twenty does so by chance.</source>
        <translation>其区间不包含全部图片的数值。部分较多时，每二十个中就有一个是偶然如此。</translation>
    </message>
    <message>
        <source>Pictures unlike the training pictures are marked, compared with %1 of them. Of %2 pictures held out (%3), %4 raised no warning.</source>
        <translation>与训练图片不相似的图片会被标记，以其中 %1 张为参照。在 %2 张留出的图片（%3部分）中，%4 没有触发警告。</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::ProveView</name>
    <message>
        <source>Where the pictures are now</source>
        <translation>图片现在所在的位置</translation>
    </message>
    <message>
        <source>The report was not written. Try again.</source>
        <translation>报告未写成。请重试。</translation>
    </message>
    <message>
        <source>Stopped before it was compared.</source>
        <translation>在比较之前已停止。</translation>
    </message>
    <message>
        <source>The same bytes came out again, in %1.</source>
        <translation>再次得到相同的字节，用时 %1。</translation>
    </message>
    <message>
        <source>Something else came out, in %1. What differs, and why:</source>
        <translation>得到了不同的结果，用时 %1。差异及原因：</translation>
    </message>
    <message>
        <source>The pipeline is being run again.</source>
        <translation>流程正在再次运行。</translation>
    </message>
    <message>
        <source>The report is being written.</source>
        <translation>正在写报告。</translation>
    </message>
    <message>
        <source>Choose an export in the list first.</source>
        <translation>请先在列表中选择一个导出。</translation>
    </message>
    <message>
        <source>Where they were; fill in when the pictures have moved</source>
        <translation>原来的位置；若图片已移动请填写</translation>
    </message>
    <message>
        <source>The folder of the export</source>
        <translation>导出的文件夹</translation>
    </message>
    <message>
        <source>What is the same and what differs</source>
        <translation>相同之处与不同之处</translation>
    </message>
    <message>
        <source>Running it again trains the model anew from the pipeline in the export, then compares data, figures, weights and bytes.</source>
        <translation>再次运行会按导出中的流程重新训练模型，然后比较数据、指标、权重和字节。</translation>
    </message>
    <message>
        <source>A report on %1 in which each figure names its file, and its pipeline run again.</source>
        <translation>关于 %1 的报告，其中每个数字都注明来源文件；并可再次运行其流程。</translation>
    </message>
    <message>
        <source>Choose an export in the list: its report can be written here, and its pipeline run again.</source>
        <translation>在列表中选择一个导出：可在此生成报告并再次运行其流程。</translation>
    </message>
    <message>
        <source>The export does not hold its pipeline. Export the model again.</source>
        <translation>此导出不含其流程。请重新导出模型。</translation>
    </message>
    <message>
        <source>In a project made for it and taken away again; nothing of yours is changed</source>
        <translation>在为此新建并随后删除的项目中运行；不会改动您的任何内容</translation>
    </message>
    <message>
        <source>Ends the run; nothing is compared</source>
        <translation>结束运行；不做比较</translation>
    </message>
    <message>
        <source>One page (HTML) that anybody can open, into the export</source>
        <translation>任何人都能打开的单页 (HTML)，写入导出中</translation>
    </message>
    <message>
        <source>The same report to print, into the export</source>
        <translation>同一报告的打印版，写入导出中</translation>
    </message>
    <message>
        <source>Make the report first.</source>
        <translation>请先生成报告。</translation>
    </message>
    <message>
        <source>In the browser</source>
        <translation>在浏览器中</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Running the pipeline again: %1 so far. It takes as long as the training did.</source>
        <translation>正在再次运行流程：已用 %1。所需时间与训练相当。</translation>
    </message>
    <message>
        <source>Writing the report…</source>
        <translation>正在写报告…</translation>
    </message>
    <message>
        <source>The report is in %1.</source>
        <translation>报告位于 %1。</translation>
    </message>
    <message>
        <source>The pipeline could not be run again here. If the pictures have moved, fill in where they are now.</source>
        <translation>流程无法在此再次运行。若图片已移动，请填写现在的位置。</translation>
    </message>
    <message>
        <source>Data now</source>
        <translation>数据现位置</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Run it again</source>
        <translation>再次运行</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Make report</source>
        <translation>生成报告</translation>
    </message>
    <message>
        <source>Make report as PDF</source>
        <translation>生成 PDF 报告</translation>
    </message>
    <message>
        <source>Open report</source>
        <translation>打开报告</translation>
    </message>
    <message>
        <source>Open PDF</source>
        <translation>打开 PDF</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::RunController</name>
    <message>
        <source>The engine is starting; this takes a moment.</source>
        <translation>引擎正在启动；请稍候。</translation>
    </message>
    <message>
        <source>The project folder is read-only. Save the pipeline in a folder of your own.</source>
        <translation>项目文件夹是只读的。请把流程保存到自己的文件夹。</translation>
    </message>
    <message>
        <source>The canvas is empty. Add a block with Space or a double-click.</source>
        <translation>画布是空的。按空格或双击添加模块。</translation>
    </message>
    <message>
        <source>This pipeline runs already.</source>
        <translation>这个流程已在运行。</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1: %2 %3</source>
        <translation>%1：%2 %3</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::RunPlace</name>
    <message>
        <source>This machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>%1 (not known here)</source>
        <translation>%1（本机不认识）</translation>
    </message>
    <message>
        <source>As the project: %1</source>
        <translation>与项目相同：%1</translation>
    </message>
    <message>
        <source>Everything runs here, as there is no other machine yet.</source>
        <translation>全部在本机运行，因为还没有其他机器。</translation>
    </message>
    <message>
        <source>Everything runs here, because this pipeline is set to it.</source>
        <translation>全部在本机运行，因为此流程是这样设置的。</translation>
    </message>
    <message>
        <source>Everything runs here, as nothing else was chosen for the project.</source>
        <translation>全部在本机运行，因为项目没有选择其他机器。</translation>
    </message>
    <message>
        <source>What computes much runs on %1, because this pipeline is set to it; the rest runs here.</source>
        <translation>计算量大的部分在 %1 上运行，因为此流程是这样设置的；其余在本机运行。</translation>
    </message>
    <message>
        <source>What computes much runs on %1, because the project is set to it; the rest runs here.</source>
        <translation>计算量大的部分在 %1 上运行，因为项目是这样设置的；其余在本机运行。</translation>
    </message>
    <message>
        <source>This pipeline &amp;runs on</source>
        <translation>此流程运行于(&amp;R)</translation>
    </message>
    <message>
        <source>The &amp;project&apos;s others on</source>
        <translation>项目的其他流程(&amp;P)</translation>
    </message>
    <message>
        <source>Where this pipeline runs</source>
        <translation>此流程在哪里运行</translation>
    </message>
    <message>
        <source>Where the pipelines of this project run that have no place of their own</source>
        <translation>项目中没有自己位置的流程在哪里运行</translation>
    </message>
    <message>
        <source>What computes much runs there, the rest here. Remembered for this pipeline, in its project on this computer</source>
        <translation>计算量大的部分在那里运行，其余在本机。为此流程记住，保存在这台电脑上的项目中</translation>
    </message>
    <message>
        <source>For all pipelines of this project that have no place of their own</source>
        <translation>适用于项目中所有没有自己位置的流程</translation>
    </message>
    <message>
        <source>Run this pipeline here</source>
        <translation>在本机运行此流程</translation>
    </message>
    <message>
        <source>This pipeline is set to run on %1, a machine that this computer does not know. Add it under this name, or run here.</source>
        <translation>此流程设为在 %1 上运行，而这台电脑没有这个名称的机器。请用这个名称添加它，或在本机运行。</translation>
    </message>
    <message>
        <source>The project is set to run on %1, a machine that this computer does not know. Add it under this name, or run here.</source>
        <translation>此项目设为在 %1 上运行，而这台电脑没有这个名称的机器。请用这个名称添加它，或在本机运行。</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::ScoreBars</name>
    <message>
        <source>Scores</source>
        <translation>分数</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::ServeView</name>
    <message>
        <source>The command is on the clipboard; picture.jpg stands for a picture of yours.</source>
        <translation>命令已复制到剪贴板；picture.jpg 代表您的一张图片。</translation>
    </message>
    <message>
        <source>The token is on the clipboard. Give it to nobody who should not ask.</source>
        <translation>令牌已复制到剪贴板。请勿交给不该访问的人。</translation>
    </message>
    <message>
        <source>A systemd unit and a container file are in %1; their first lines say what to do with them.</source>
        <translation>systemd 单元和容器文件位于 %1；其开头几行说明用法。</translation>
    </message>
    <message>
        <source>The server answers what was asked before it ends.</source>
        <translation>服务器在结束前会答完已收到的请求。</translation>
    </message>
    <message>
        <source>It is running. Stop it to serve another export.</source>
        <translation>它正在运行。要为另一个导出提供服务，请先停止。</translation>
    </message>
    <message>
        <source>Choose an export in the list first.</source>
        <translation>请先在列表中选择一个导出。</translation>
    </message>
    <message>
        <source>any that is free</source>
        <translation>任意空闲端口</translation>
    </message>
    <message>
        <source>Otherwise only programs on this machine reach it. With this every request must bring a token, which is made here</source>
        <translation>否则只有本机上的程序能访问。勾选后每个请求都必须带令牌，令牌在此生成</translation>
    </message>
    <message>
        <source>Answers what was asked before, then ends</source>
        <translation>先答完已收到的请求，然后结束</translation>
    </message>
    <message>
        <source>A page in the browser: drop a picture, see label, scores and heat map</source>
        <translation>浏览器中的页面：拖入图片，查看标签、分数和热力图</translation>
    </message>
    <message>
        <source>From a shell</source>
        <translation>在终端中</translation>
    </message>
    <message>
        <source>Command that asks the server about a picture</source>
        <translation>向服务器询问一张图片的命令</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>Token that every request must bring</source>
        <translation>每个请求必须带的令牌</translation>
    </message>
    <message>
        <source>Copy the token</source>
        <translation>复制令牌</translation>
    </message>
    <message>
        <source>Log of the server</source>
        <translation>服务器日志</translation>
    </message>
    <message>
        <source>What the server says stands here.</source>
        <translation>服务器的消息显示在此处。</translation>
    </message>
    <message>
        <source>Not running.</source>
        <translation>未运行。</translation>
    </message>
    <message>
        <source>Starting %1…</source>
        <translation>正在启动 %1…</translation>
    </message>
    <message>
        <source>Stopping; what was asked before is answered…</source>
        <translation>正在停止；先答完已收到的请求…</translation>
    </message>
    <message>
        <source>Serving %1 in %2. It goes on when Patchbay is closed.</source>
        <translation>正在以 %2 提供 %1 的服务。关闭 Patchbay 后继续运行。</translation>
    </message>
    <message>
        <source>Serving %1 in %2. It ends with Patchbay.</source>
        <translation>正在以 %2 提供 %1 的服务。随 Patchbay 一起结束。</translation>
    </message>
    <message>
        <source>Answers predictions over HTTP with the model “%1”.</source>
        <translation>用模型“%1”通过 HTTP 回答预测请求。</translation>
    </message>
    <message>
        <source>Choose an export in the list: it can answer predictions over HTTP here.</source>
        <translation>在列表中选择一个导出：可在此通过 HTTP 回答预测请求。</translation>
    </message>
    <message>
        <source>Starts patchbay serve</source>
        <translation>启动 patchbay serve</translation>
    </message>
    <message>
        <source>They are being written.</source>
        <translation>正在写入。</translation>
    </message>
    <message>
        <source>A systemd unit and a container file that run the endpoint for good, into the export</source>
        <translation>把长期运行该服务的 systemd 单元和容器文件写入导出中</translation>
    </message>
    <message>
        <source>%1; from other machines %2</source>
        <translation>%1；从其他机器访问 %2</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Hide the token</source>
        <translation>隐藏令牌</translation>
    </message>
    <message>
        <source>Show the token</source>
        <translation>显示令牌</translation>
    </message>
    <message>
        <source>%1 requests/s; %2 answered, %3 refused, %4 failed; %5 pictures, %6 waiting.</source>
        <translation>%1 个请求/秒；已回答 %2 个，拒绝 %3 个，失败 %4 个；图片 %5 张，等待 %6 张。</translation>
    </message>
    <message>
        <source>%1 ms a request.</source>
        <translation>每个请求 %1 毫秒。</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>For other machines too</source>
        <translation>也供其他机器访问</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Open test page</source>
        <translation>打开测试页</translation>
    </message>
    <message>
        <source>Write service files</source>
        <translation>写服务文件</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::SleepInhibitor</name>
    <message>
        <source>The computer stays awake while this runs.</source>
        <translation>运行期间电脑保持唤醒。</translation>
    </message>
    <message>
        <source>The computer cannot be kept awake from here: no power manager answers. Set its sleep timer yourself.</source>
        <translation>无法从这里让电脑保持唤醒：没有电源管理程序回应。请自行设置睡眠时间。</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::StatusStrip</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>No problems</source>
        <translation>没有问题</translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n 个问题</numerusform>
        </translation>
    </message>
    <message>
        <source>The pipeline can run.</source>
        <translation>流程可以运行。</translation>
    </message>
    <message>
        <source>Shows what has to be set first (F8)</source>
        <translation>显示需要先设置的内容（F8）</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>Engine ready</source>
        <translation>引擎就绪</translation>
    </message>
    <message>
        <source>The project folder cannot be written: results can be seen, nothing can be run. Copy the project to a folder of your own.</source>
        <translation>项目文件夹不可写：可以查看结果，但不能运行。请把项目复制到自己的文件夹。</translation>
    </message>
    <message>
        <source>The engine of this project runs as process %1. It goes on without this window while something runs.</source>
        <translation>这个项目的引擎以进程 %1 运行。有任务运行时，没有此窗口它也会继续。</translation>
    </message>
    <message>
        <source>Engine starts…</source>
        <translation>引擎启动中…</translation>
    </message>
    <message>
        <source>Connecting to the engine of this project. Editing works meanwhile.</source>
        <translation>正在连接此项目的引擎。期间可以继续编辑。</translation>
    </message>
    <message>
        <source>No engine: connect again</source>
        <translation>没有引擎：重新连接</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::TradePlot</name>
    <message>
        <source>Accuracy over time for one picture</source>
        <translation>准确率与一张图片用时</translation>
    </message>
    <message>
        <source>Accuracy over size</source>
        <translation>准确率与大小</translation>
    </message>
    <message>
        <source>Nothing is measured yet.</source>
        <translation>尚未测量。</translation>
    </message>
    <message>
        <source>No other beats: %1</source>
        <translation>无其他模型胜过：%1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>ms for one picture</source>
        <translation>一张图片的毫秒数</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>大小 (MB)</translation>
    </message>
    <message>
        <source>Accuracy, %</source>
        <translation>准确率，%</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::TryPanel</name>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Try the model</source>
        <translation>试用模型</translation>
    </message>
    <message>
        <source>The pipeline runs. Pictures wait here until its model is there.</source>
        <translation>流程正在运行。图片会在这里等待模型。</translation>
    </message>
    <message>
        <source>No model has been trained yet, and the pipeline cannot run. %1</source>
        <translation>还没有训练过模型，而流程不能运行。%1</translation>
    </message>
    <message>
        <source>No model has been trained yet. Run the pipeline; pictures wait here until its model is there.</source>
        <translation>还没有训练过模型。请运行流程；图片会在这里等待模型。</translation>
    </message>
    <message>
        <source>&amp;Run the pipeline</source>
        <translation>运行流程(&amp;R)</translation>
    </message>
    <message>
        <source>This picture cannot be read.</source>
        <translation>无法读取这张图片。</translation>
    </message>
    <message>
        <source>Reading the picture…</source>
        <translation>正在读取图片…</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Trying the picture… The first one takes longest, as the model is loaded.</source>
        <translation>正在试这张图片… 第一张最慢，因为要载入模型。</translation>
    </message>
    <message>
        <source>None of the classes</source>
        <translation>不属于任何类别</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>Reading the picture and asking the network, on this computer</source>
        <translation>读取图片并询问网络的时间，在这台电脑上</translation>
    </message>
    <message>
        <source>Unlike your data: this picture is further from the training pictures than %1 % of your own pictures are. The model has seen nothing like it, so do not rely on its answer.</source>
        <translation>与您的数据不同：这张图片离训练图片的距离比您自己 %1 % 的图片更远。模型没有见过类似的内容，请不要依赖它的回答。</translation>
    </message>
    <message>
        <source>Like your data: %1 % of your own pictures are closer to the training pictures than this one.</source>
        <translation>与您的数据相似：您自己的图片中有 %1 % 比这张离训练图片更近。</translation>
    </message>
    <message>
        <source>To be warned of pictures that are unlike your data, add the block for it and run again.</source>
        <translation>要在图片与您的数据不同时得到警告，请添加相应的模块并再次运行。</translation>
    </message>
    <message>
        <source>Add the block and &amp;run</source>
        <translation>添加模块并运行(&amp;R)</translation>
    </message>
    <message>
        <source>Copied to %1 as %2. No data block of this pipeline takes added pictures: set “Added pictures” of one that has it, or import that folder.</source>
        <translation>已作为 %2 复制到 %1。此流程没有接受新增图片的数据模块：请在有“新增图片”设置的模块中设置它，或导入该文件夹。</translation>
    </message>
    <message>
        <source>It was added as %2 before: %1. The next training uses it.</source>
        <translation>它先前已作为 %2 添加：%1。下一次训练会使用它。</translation>
    </message>
    <message>
        <source>Added as %2: %1. The next training uses it.</source>
        <translation>已作为 %2 添加：%1。下一次训练会使用它。</translation>
    </message>
    <message>
        <source>Its class is now %2: %1. The next training uses it.</source>
        <translation>它的类别现在是 %2：%1。下一次训练会使用它。</translation>
    </message>
    <message>
        <source>&amp;Train again</source>
        <translation>再次训练(&amp;T)</translation>
    </message>
    <message>
        <source>Pasted</source>
        <translation>已粘贴</translation>
    </message>
    <message>
        <source>There is no picture on the clipboard. Copy one first, or drop a file here.</source>
        <translation>剪贴板上没有图片。请先复制一张，或把文件拖到这里。</translation>
    </message>
    <message>
        <source>Choose pictures to try</source>
        <translation>选择要试的图片</translation>
    </message>
    <message>
        <source>Pictures (*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.webp);;All files (*)</source>
        <translation>图片 (*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.webp);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Waiting for the camera…</source>
        <translation>正在等待摄像头…</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>已拖入</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>The models that this pipeline has made, the newest first</source>
        <translation>此流程生成的模型，最新的在前</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>Tries the picture on the clipboard (Ctrl+V)</source>
        <translation>试剪贴板上的图片（Ctrl+V）</translation>
    </message>
    <message>
        <source>&amp;Camera</source>
        <translation>摄像头(&amp;C)</translation>
    </message>
    <message>
        <source>Tries what the camera sees, all the time</source>
        <translation>持续试摄像头看到的画面</translation>
    </message>
    <message>
        <source>&amp;Keep this picture</source>
        <translation>保留这张图片(&amp;K)</translation>
    </message>
    <message>
        <source>Keeps what the camera sees now and ends it</source>
        <translation>保留摄像头现在看到的画面并停止</translation>
    </message>
    <message>
        <source>Drop a picture here</source>
        <translation>把图片拖到这里</translation>
    </message>
    <message>
        <source>Or paste one, open one, or use the camera. It stays on this computer.</source>
        <translation>也可以粘贴、打开，或使用摄像头。图片留在这台电脑上。</translation>
    </message>
    <message>
        <source>Where it &amp;looked</source>
        <translation>它看的位置(&amp;L)</translation>
    </message>
    <message>
        <source>Colours what speaks for the class: the warmer, the more</source>
        <translation>给支持该类别的位置着色：颜色越暖，支持越强</translation>
    </message>
    <message>
        <source>How strongly the colours cover the picture</source>
        <translation>颜色覆盖图片的强度</translation>
    </message>
    <message>
        <source>&amp;Wrong? It is</source>
        <translation>不对？它是(&amp;W)</translation>
    </message>
    <message>
        <source>The right class</source>
        <translation>正确的类别</translation>
    </message>
    <message>
        <source>Choose the right class, or write a new one</source>
        <translation>选择正确的类别，或写一个新的</translation>
    </message>
    <message>
        <source>&amp;Add to data</source>
        <translation>加入数据(&amp;A)</translation>
    </message>
    <message>
        <source>Copies the picture with this class into the project; the next training learns from it</source>
        <translation>把这张图片连同类别复制到项目中；下一次训练会从中学习</translation>
    </message>
    <message>
        <source>Pictures tried</source>
        <translation>已试的图片</translation>
    </message>
    <message>
        <source>Added to the data set as %1; it is open in the panel Label.</source>
        <translation>已作为 %1 加入数据集；已在“标注”面板中打开。</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::WatchView</name>
    <message>
        <source>Folder to watch</source>
        <translation>要监视的文件夹</translation>
    </message>
    <message>
        <source>Folder for the results</source>
        <translation>结果文件夹</translation>
    </message>
    <message>
        <source>The watching ended by itself. Start it again.</source>
        <translation>监视自行结束了。请重新启动。</translation>
    </message>
    <message>
        <source>All of them were in the data set already.</source>
        <translation>它们都已在数据集中。</translation>
    </message>
    <message>
        <source>A folder is being watched.</source>
        <translation>正在监视一个文件夹。</translation>
    </message>
    <message>
        <source>Choose an export in the list first.</source>
        <translation>请先在列表中选择一个导出。</translation>
    </message>
    <message>
        <source>Choose the folder into which pictures come.</source>
        <translation>请选择图片进入的文件夹。</translation>
    </message>
    <message>
        <source>They are being brought.</source>
        <translation>正在带入。</translation>
    </message>
    <message>
        <source>Watch a folder first.</source>
        <translation>请先监视一个文件夹。</translation>
    </message>
    <message>
        <source>There is no picture the model is unsure about. They are listed when all that came is predicted.</source>
        <translation>没有模型不确定的图片。全部预测完后会列出。</translation>
    </message>
    <message>
        <source>Pictures that come here are predicted, each once</source>
        <translation>进入此处的图片各预测一次</translation>
    </message>
    <message>
        <source>JSON, a line a picture</source>
        <translation>JSON，每张图片一行</translation>
    </message>
    <message>
        <source>A table (CSV) as well</source>
        <translation>另加表格 (CSV)</translation>
    </message>
    <message>
        <source>COCO as well</source>
        <translation>另加 COCO</translation>
    </message>
    <message>
        <source>leave the pictures</source>
        <translation>不动图片</translation>
    </message>
    <message>
        <source>copy into a folder for each class</source>
        <translation>按类别复制到各文件夹</translation>
    </message>
    <message>
        <source>move into a folder for each class</source>
        <translation>按类别移动到各文件夹</translation>
    </message>
    <message>
        <source>A JSON file for each picture</source>
        <translation>每张图片一个 JSON 文件</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Pictures with a lower probability are copied into the folder look-at-me, to be labelled</source>
        <translation>概率更低的图片会复制到 look-at-me 文件夹，以便标注</translation>
    </message>
    <message>
        <source>What was predicted</source>
        <translation>预测结果</translation>
    </message>
    <message>
        <source>Each picture that was predicted stands here.</source>
        <translation>每张预测过的图片显示在此处。</translation>
    </message>
    <message>
        <source>Predicts every picture that comes into a folder with the model “%1”.</source>
        <translation>用模型“%1”预测进入文件夹的每张图片。</translation>
    </message>
    <message>
        <source>Choose an export in the list: it can predict every picture that comes into a folder.</source>
        <translation>在列表中选择一个导出：它可以预测进入文件夹的每张图片。</translation>
    </message>
    <message>
        <source>Starts patchbay predict --watch</source>
        <translation>启动 patchbay predict --watch</translation>
    </message>
    <message>
        <source>What was predicted stays; what is left is predicted at the next start</source>
        <translation>已预测的保留；剩下的在下次启动时预测</translation>
    </message>
    <message>
        <source>Brings them into the data set as suggestions and opens the labelling</source>
        <translation>把它们作为建议带入数据集并打开标注</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Watching. %1</source>
        <translation>正在监视。%1</translation>
    </message>
    <message>
        <source>Not watching.</source>
        <translation>未在监视。</translation>
    </message>
    <message>
        <source>Not watching. %1</source>
        <translation>未在监视。%1</translation>
    </message>
    <message>
        <source>%1 predicted, %2 to look at, %3 could not be read.</source>
        <translation>已预测 %1 张，待查看 %2 张，无法读取 %3 张。</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>写出</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>A file beside each</source>
        <translation>每张附一个文件</translation>
    </message>
    <message>
        <source>Look at me below</source>
        <translation>低于此值请查看</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Open results</source>
        <translation>打开结果</translation>
    </message>
    <message>
        <source>Label the unsure ones</source>
        <translation>标注不确定的图片</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::WelcomePage</name>
    <message>
        <source>Patchbay</source>
        <translation>Patchbay</translation>
    </message>
    <message>
        <source>Teach a pretrained network your own pictures, by drawing.</source>
        <translation>用画图的方式，教预训练网络认识您的图片。</translation>
    </message>
    <message>
        <source>New pipeline</source>
        <translation>新建流程</translation>
    </message>
    <message>
        <source>An empty canvas in a new project (Ctrl+N)</source>
        <translation>在新项目中新建空白画布（Ctrl+N）</translation>
    </message>
    <message>
        <source>Open pipeline…</source>
        <translation>打开流程…</translation>
    </message>
    <message>
        <source>A pipeline file (Ctrl+O)</source>
        <translation>一个流程文件（Ctrl+O）</translation>
    </message>
    <message>
        <source>Open project folder…</source>
        <translation>打开项目文件夹…</translation>
    </message>
    <message>
        <source>A folder that Patchbay made, with pipelines and results</source>
        <translation>由 Patchbay 建立的文件夹，包含流程和结果</translation>
    </message>
    <message>
        <source>Go on with</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Start from a template</source>
        <translation>从模板开始</translation>
    </message>
    <message>
        <source>Search templates</source>
        <translation>搜索模板</translation>
    </message>
    <message>
        <source>No template is about that. Clear the search to see all.</source>
        <translation>没有与此有关的模板。清空搜索可查看全部。</translation>
    </message>
    <message>
        <source>no GPU (not needed)</source>
        <translation>没有 GPU（不需要）</translation>
    </message>
    <message>
        <source>%1 (its libraries are missing: run app/setup/install --gpu)</source>
        <translation>%1（缺少程序库：请运行 app/setup/install --gpu）</translation>
    </message>
    <message numerus="yes">
        <source>This machine: %1, %n core(s), %2 memory, %3, %4 free on disk</source>
        <translation>
            <numerusform>这台机器：%1，%n 个核心，内存 %2，%3，磁盘剩余 %4</numerusform>
        </translation>
    </message>
    <message>
        <source>processor unknown</source>
        <translation>处理器未知</translation>
    </message>
    <message>
        <source>Looking at this machine…</source>
        <translation>正在查看这台机器…</translation>
    </message>
    <message>
        <source>Its sample pictures are not installed: run app/setup/install</source>
        <translation>没有安装它的示例图片：请运行 app/setup/install</translation>
    </message>
    <message>
        <source>Needs %1</source>
        <translation>需要%1</translation>
    </message>
    <message>
        <source>Ready to run</source>
        <translation>可以直接运行</translation>
    </message>
    <message>
        <source>Takes %1.</source>
        <translation>所需时间：%1。</translation>
    </message>
    <message>
        <source>Label pictures…</source>
        <translation>标注图片…</translation>
    </message>
    <message>
        <source>A folder of pictures without classes: name the classes, label some, and the model suggests the rest</source>
        <translation>没有类别的图片文件夹：命名类别，标注一些，其余由模型给出建议</translation>
    </message>
</context>
<context>
    <name>patchbay::studio::Workspace</name>
    <message>
        <source>%1 is nothing that can be put on the canvas. Drop a folder of pictures, a table (CSV), an exported model, a pipeline file or a picture.</source>
        <translation>%1 不能放到画布上。请拖入图片文件夹、表格（CSV）、导出的模型、流程文件或图片。</translation>
    </message>
    <message>
        <source>This is a copy of the pipeline that made the export %1, in this project. The export stays as it is.</source>
        <translation>这是生成导出 %1 的流程在此项目中的副本。导出本身保持不变。</translation>
    </message>
    <message>
        <source>Open the results</source>
        <translation>打开结果</translation>
    </message>
    <message>
        <source>Measure, serve, prove…</source>
        <translation>测速、服务、证明…</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::AboutBlock</name>
    <message>
        <source>Name in commands</source>
        <translation>命令中的名称</translation>
    </message>
    <message>
        <source>On the command line: --set %1.parameter=value</source>
        <translation>命令行中：--set %1.parameter=value</translation>
    </message>
    <message>
        <source>Type: %1</source>
        <translation>类型：%1</translation>
    </message>
    <message>
        <source>Uses all processor cores and about %1 of memory.</source>
        <translation>使用全部处理器核心和约 %1 内存。</translation>
    </message>
    <message numerus="yes">
        <source>Uses %n processor core(s) and about %1 of memory.</source>
        <translation>
            <numerusform>使用 %n 个处理器核心和约 %1 内存。</numerusform>
        </translation>
    </message>
    <message>
        <source>Faster on a GPU; runs without one as well.</source>
        <translation>在 GPU 上更快；没有也能运行。</translation>
    </message>
    <message>
        <source>Needs a GPU.</source>
        <translation>需要 GPU。</translation>
    </message>
    <message>
        <source>Touches nothing but its inputs and outputs.</source>
        <translation>除输入和输出外不涉及其他内容。</translation>
    </message>
    <message>
        <source>Reads files on this machine, and runs again when they change.</source>
        <translation>读取这台机器上的文件，文件变化时重新运行。</translation>
    </message>
    <message>
        <source>Uses the network.</source>
        <translation>使用网络。</translation>
    </message>
    <message>
        <source>Writes files outside the project&apos;s store.</source>
        <translation>在项目存储之外写文件。</translation>
    </message>
    <message>
        <source>The same inputs and settings always give the same result.</source>
        <translation>相同的输入和设置总是得到相同的结果。</translation>
    </message>
    <message>
        <source>Draws random numbers: the same seed gives the same result.</source>
        <translation>使用随机数：相同的种子得到相同的结果。</translation>
    </message>
    <message>
        <source>Depends on something outside the pipeline, so it may differ from run to run.</source>
        <translation>取决于流程之外的内容，因此每次运行可能不同。</translation>
    </message>
    <message>
        <source>Works picture by picture: only new or changed pictures are computed again.</source>
        <translation>逐张图片处理：只重新计算新增或变化的图片。</translation>
    </message>
    <message>
        <source>Type: %1, version %2</source>
        <translation>类型：%1，第 %2 版</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::AddMenu</name>
    <message>
        <source>No block fits this port.</source>
        <translation>没有适合此端口的模块。</translation>
    </message>
    <message>
        <source>No block that fits matches: %1</source>
        <translation>没有适合且匹配的模块：%1</translation>
    </message>
    <message>
        <source>No block matches: %1</source>
        <translation>没有匹配的模块：%1</translation>
    </message>
    <message>
        <source>Add a block</source>
        <translation>添加模块</translation>
    </message>
    <message>
        <source>Add a block that takes this</source>
        <translation>添加一个接受它的模块</translation>
    </message>
    <message>
        <source>Add a block that gives this</source>
        <translation>添加一个给出它的模块</translation>
    </message>
    <message>
        <source>Search blocks</source>
        <translation>搜索模块</translation>
    </message>
    <message>
        <source>Blocks</source>
        <translation>模块</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::AnnotatorView</name>
    <message>
        <source>Name a class first; what is drawn belongs to one.</source>
        <translation>请先命名一个类别；绘制的形状都属于某个类别。</translation>
    </message>
    <message>
        <source>This shape is smaller than %1 pixels at one side; training hardly sees it. Ctrl+Z takes it back.</source>
        <translation>此形状有一边小于 %1 像素，训练几乎看不到它。按 Ctrl+Z 可撤销。</translation>
    </message>
    <message>
        <source>Choose the polygon first that gets the hole.</source>
        <translation>请先选择要挖孔的多边形。</translation>
    </message>
    <message>
        <source>A polygon needs three points.</source>
        <translation>多边形需要三个点。</translation>
    </message>
    <message>
        <source>The hole has to lie inside the chosen polygon.</source>
        <translation>孔必须位于所选多边形之内。</translation>
    </message>
    <message>
        <source>Point at the thing first (Q), then beside it (E).</source>
        <translation>请先点在目标上（Q），再点在目标外（E）。</translation>
    </message>
    <message>
        <source>This box has no height; draw it again.</source>
        <translation>此框没有高度；请重新绘制。</translation>
    </message>
    <message>
        <source>This box is smaller than a pixel; draw it again.</source>
        <translation>此框小于一个像素；请重新绘制。</translation>
    </message>
    <message>
        <source>There is no mask here to erase from.</source>
        <translation>这里没有可擦除的掩膜。</translation>
    </message>
    <message>
        <source>This picture is too large for masks; boxes and polygons work.</source>
        <translation>这张图片太大，无法使用掩膜；可以使用边框和多边形。</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>Picture to label</source>
        <translation>要标注的图片</translation>
    </message>
    <message>
        <source>This shape is locked. L unlocks it.</source>
        <translation>此形状已锁定。按 L 解锁。</translation>
    </message>
    <message>
        <source>It is in front already.</source>
        <translation>它已经在最前面。</translation>
    </message>
    <message>
        <source>It is at the back already.</source>
        <translation>它已经在最后面。</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::AugmentEditor</name>
    <message>
        <source>Add an augmentation</source>
        <translation>添加一种增强</translation>
    </message>
    <message>
        <source>%1: add an augmentation</source>
        <translation>%1：添加一种增强</translation>
    </message>
    <message>
        <source>Moves things about</source>
        <translation>移动画面</translation>
    </message>
    <message>
        <source>Changes how things look</source>
        <translation>改变外观</translation>
    </message>
    <message>
        <source>The engine is being asked which augmentations there are.</source>
        <translation>正在向引擎询问有哪些增强。</translation>
    </message>
    <message>
        <source>The blocks have different lists; this is the first one&apos;s. What you change here goes to all of them.</source>
        <translation>这些模块的列表不同；这里是第一个的。您在这里的更改会用于全部。</translation>
    </message>
    <message>
        <source>No augmentations: the pictures are used as they are.</source>
        <translation>没有增强：图片按原样使用。</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::AugmentPreview</name>
    <message>
        <source>On your pictures</source>
        <translation>用在您的图片上</translation>
    </message>
    <message>
        <source>Other examples</source>
        <translation>其他样例</translation>
    </message>
    <message>
        <source>Draws the random numbers anew.</source>
        <translation>重新抽取随机数。</translation>
    </message>
    <message>
        <source>The previous picture</source>
        <translation>上一张图片</translation>
    </message>
    <message>
        <source>The next picture</source>
        <translation>下一张图片</translation>
    </message>
    <message numerus="yes">
        <source>The picture and %n example(s) of it augmented</source>
        <translation>
            <numerusform>图片和 %n 个增强样例</numerusform>
        </translation>
    </message>
    <message>
        <source>Link a block with pictures to see here what the augmentations do to them.</source>
        <translation>连接带图片的模块，即可在这里看到增强的效果。</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::BlockHead</name>
    <message>
        <source>Title of the block</source>
        <translation>模块的标题</translation>
    </message>
    <message>
        <source>The title on the canvas; empty: &quot;%1&quot; (F2)</source>
        <translation>画布上的标题；留空：“%1”（F2）</translation>
    </message>
    <message numerus="yes">
        <source>%n block(s)</source>
        <translation>
            <numerusform>%n 个模块</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: what you set here goes to all of them.</source>
        <translation>%1：这里的设置会用于全部。</translation>
    </message>
    <message>
        <source>This block is not installed here. It is kept as it is; install the pack it comes from to use it.</source>
        <translation>这里没有安装此模块。它会原样保留；要使用请安装它所在的扩展包。</translation>
    </message>
    <message>
        <source>Help on &quot;%1&quot; (F1)</source>
        <translation>“%1”的帮助（F1）</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::BlockPage</name>
    <message>
        <source>Inputs and outputs</source>
        <translation>输入和输出</translation>
    </message>
    <message>
        <source>About this block</source>
        <translation>关于此模块</translation>
    </message>
    <message>
        <source>The loop &quot;%1&quot; sets this, by its variable &quot;%2&quot;.</source>
        <translation>循环“%1”通过变量“%2”设置它。</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::BlockPalette</name>
    <message>
        <source>No blocks are installed.</source>
        <translation>没有安装任何模块。</translation>
    </message>
    <message>
        <source>No block matches: %1</source>
        <translation>没有匹配的模块：%1</translation>
    </message>
    <message>
        <source>Search blocks</source>
        <translation>搜索模块</translation>
    </message>
    <message>
        <source>Blocks by category</source>
        <translation>按类别列出的模块</translation>
    </message>
    <message>
        <source>Blocks</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>The blocks are being looked up…</source>
        <translation>正在查找模块…</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::Breadcrumbs</name>
    <message>
        <source>Open groups</source>
        <translation>打开的组</translation>
    </message>
    <message>
        <source>%1 is open</source>
        <translation>%1 已打开</translation>
    </message>
    <message>
        <source>Go back to %1</source>
        <translation>返回 %1</translation>
    </message>
    <message>
        <source>Pipeline</source>
        <translation>流程</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::CalibrationPage</name>
    <message>
        <source>Confidence and truth</source>
        <translation>置信度与真实情况</translation>
    </message>
    <message>
        <source>Stated probability</source>
        <translation>给出的概率</translation>
    </message>
    <message>
        <source>Share that was right</source>
        <translation>正确的比例</translation>
    </message>
    <message>
        <source>The report has no calibration.</source>
        <translation>报告中没有校准数据。</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 到 %2</translation>
    </message>
    <message>
        <source>%1: %2, stated %3, right %4</source>
        <translation>%1：%2，给出 %3，正确 %4</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>On average the stated probability is off by this much. Bars below the line: the model is surer than it should be. Faint bars stand for few pictures.</source>
        <translation>平均而言，给出的概率有这么大偏差。低于斜线的柱：模型过于自信。颜色浅的柱代表图片很少。</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Stated</source>
        <translation>给出</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>正确</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::ChoiceEditor</name>
    <message>
        <source>%1 (default)</source>
        <translation>%1（默认）</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::ClassBars</name>
    <message>
        <source>Balance of the classes</source>
        <translation>类别均衡</translation>
    </message>
    <message>
        <source>%1: %2, %3 % of all</source>
        <translation>%1：%2，占全部的 %3 %</translation>
    </message>
    <message>
        <source>Training %1, validation %2, test %3</source>
        <translation>训练 %1，验证 %2，测试 %3</translation>
    </message>
    <message>
        <source>In no part: %1</source>
        <translation>不属于任何部分：%1</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>In no part</source>
        <translation>不属于任何部分</translation>
    </message>
    <message>
        <source>No classes: none of the pictures has a label.</source>
        <translation>没有类别：没有一张图片带标签。</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>pictures of a class</comment>
        <translation>%2 中的 %1</translation>
    </message>
    <message>
        <source>Of these, %1 are shown</source>
        <translation>其中显示 %1 张</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::ClassTable</name>
    <message>
        <source>With its 95 % interval</source>
        <translation>及其 95 % 区间</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Copied the table as CSV</source>
        <translation>已把表格复制为 CSV</translation>
    </message>
    <message>
        <source>Copy as CSV</source>
        <translation>复制为 CSV</translation>
    </message>
    <message>
        <source>Copy the whole table in the order shown (Ctrl+C)</source>
        <translation>按显示的顺序复制整个表格（Ctrl+C）</translation>
    </message>
    <message>
        <source>Figures of every class</source>
        <translation>每个类别的指标</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::ColourEditor</name>
    <message>
        <source>Choose a colour…</source>
        <translation>选择颜色…</translation>
    </message>
    <message>
        <source>Choose a colour</source>
        <translation>选择颜色</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::CommandPalette</name>
    <message>
        <source>On. %1</source>
        <translation>开。%1</translation>
    </message>
    <message>
        <source>Off. %1</source>
        <translation>关。%1</translation>
    </message>
    <message>
        <source>Add %1</source>
        <comment>a block</comment>
        <translation>添加 %1</translation>
    </message>
    <message>
        <source>No command matches: %1</source>
        <translation>没有匹配的命令：%1</translation>
    </message>
    <message>
        <source>This cannot be done now.</source>
        <translation>现在不能这样做。</translation>
    </message>
    <message>
        <source>Type a command or a block</source>
        <translation>输入命令或模块</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::ConfusionPage</name>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>预测为</translation>
    </message>
    <message>
        <source>True class</source>
        <translation>真实类别</translation>
    </message>
    <message>
        <source>Probability of %1</source>
        <translation>%1 的概率</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>The predictions of this report are no longer stored; run the pipeline again to see its pictures.</source>
        <translation>此报告的预测已不再存储；再次运行流程即可查看图片。</translation>
    </message>
    <message>
        <source>No picture is in this cell.</source>
        <translation>这个格子里没有图片。</translation>
    </message>
    <message>
        <source>Choose a cell of the matrix to see its pictures here.</source>
        <translation>选择矩阵的一个格子，在这里查看它的图片。</translation>
    </message>
    <message>
        <source>%1 of &quot;%2&quot; recognised</source>
        <translation>“%2”中认出 %1</translation>
    </message>
    <message>
        <source>%1 of &quot;%2&quot; taken for &quot;%3&quot;</source>
        <translation>“%2”中有 %1 被当作“%3”</translation>
    </message>
    <message>
        <source>Pictures of the chosen cell</source>
        <translation>所选格子的图片</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::ConfusionView</name>
    <message>
        <source>%1 of class &quot;%2&quot; taken for &quot;%3&quot;: %4 % of the class</source>
        <translation>类别“%2”中有 %1 被当作“%3”：占该类的 %4 %</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Share of the true class</source>
        <translation>占真实类别的比例</translation>
    </message>
    <message>
        <source>Share of the predicted class</source>
        <translation>占预测类别的比例</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Rows: true class. Columns: predicted class.</source>
        <translation>行：真实类别。列：预测类别。</translation>
    </message>
    <message>
        <source>Choose a cell to see its pictures.</source>
        <translation>选择一个格子查看图片。</translation>
    </message>
    <message>
        <source>Confusion matrix: rows are true classes, columns predicted ones</source>
        <translation>混淆矩阵：行为真实类别，列为预测类别</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::CurveChart</name>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation>第 %1 轮</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>%1 by epoch</source>
        <translation>%1（按轮）</translation>
    </message>
    <message>
        <source>%1 by step</source>
        <translation>%1（按步）</translation>
    </message>
    <message>
        <source>%1 by seconds</source>
        <translation>%1（按秒）</translation>
    </message>
    <message>
        <source>after %1</source>
        <translation>%1 后</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::CurvePanel</name>
    <message>
        <source>Metrics</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Which metrics are shown, one chart each.</source>
        <translation>显示哪些指标，每个一张图。</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Moving average: how much the past weighs. The measured values stay visible behind it.</source>
        <translation>滑动平均：过去所占的权重。实测值仍显示在后面。</translation>
    </message>
    <message>
        <source>Log scale</source>
        <translation>对数刻度</translation>
    </message>
    <message>
        <source>Logarithmic values; zero and below are left out.</source>
        <translation>对数值；零及以下不显示。</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Show the whole curves again (0, or a double click). Wheel: zoom; Ctrl+wheel: zoom the values; drag: move; Shift+drag: zoom to a box; arrow keys: move the cursor.</source>
        <translation>重新显示整条曲线（0 或双击）。滚轮：缩放；Ctrl+滚轮：缩放数值；拖动：移动；Shift+拖动：框选缩放；方向键：移动游标。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Save the curves as picture or table.</source>
        <translation>把曲线保存为图片或表格。</translation>
    </message>
    <message>
        <source>Picture (PNG)…</source>
        <translation>图片（PNG）…</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>Drawing (SVG)…</source>
        <translation>矢量图（SVG）…</translation>
    </message>
    <message>
        <source>Drawing (*.svg)</source>
        <translation>矢量图 (*.svg)</translation>
    </message>
    <message>
        <source>Table (CSV)…</source>
        <translation>表格（CSV）…</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>The curves cannot be read.</source>
        <translation>无法读取曲线。</translation>
    </message>
    <message>
        <source>Nothing is chosen to be shown.</source>
        <translation>没有选择要显示的内容。</translation>
    </message>
    <message>
        <source>Choose metrics above, or switch lines on in the legend.</source>
        <translation>请在上方选择指标，或在图例中打开线条。</translation>
    </message>
    <message>
        <source>No curves yet</source>
        <translation>还没有曲线</translation>
    </message>
    <message>
        <source>Run a pipeline that trains: loss, accuracy, learning rate and speed appear here while it runs.</source>
        <translation>运行含有训练的流程：损失、准确率、学习率和速度会在运行时显示在这里。</translation>
    </message>
    <message>
        <source>This run has told no curves</source>
        <translation>这次运行没有曲线</translation>
    </message>
    <message>
        <source>Blocks that train tell them while they run, results taken from the store do not again.</source>
        <translation>训练模块在运行时报告曲线，取自存储的结果不会再次报告。</translation>
    </message>
    <message>
        <source>Show or hide %1</source>
        <translation>显示或隐藏 %1</translation>
    </message>
    <message>
        <source>Export curves</source>
        <translation>导出曲线</translation>
    </message>
    <message>
        <source>curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>已保存 %1</translation>
    </message>
    <message>
        <source>There are no curves yet; they come with a run that trains.</source>
        <translation>还没有曲线；运行含有训练的流程时会出现。</translation>
    </message>
    <message>
        <source>By time</source>
        <translation>按时间</translation>
    </message>
    <message>
        <source>Over the seconds of work instead of steps and epochs: which run learns faster on the clock.</source>
        <translation>横轴用工作秒数代替步数和轮数：看哪次运行在时间上学得更快。</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::DataActionBar</name>
    <message>
        <source>Nothing chosen</source>
        <translation>没有选中</translation>
    </message>
    <message>
        <source>Choose pictures first: click one, Shift and Ctrl take more, Ctrl+A all.</source>
        <translation>请先选择图片：单击选一张，Shift 和 Ctrl 选多张，Ctrl+A 全选。</translation>
    </message>
    <message>
        <source>Finds a class, or makes a new one (L)</source>
        <translation>查找类别，或新建一个 (L)</translation>
    </message>
    <message>
        <source>Puts the chosen pictures into a part: training, validation or test</source>
        <translation>把选中的图片归入一个部分：训练、验证或测试</translation>
    </message>
    <message>
        <source>Takes them out of the data set; the files stay, and undo brings them back (Delete)</source>
        <translation>从数据集中移除；文件保留，撤销可恢复 (Delete)</translation>
    </message>
    <message>
        <source>Labels the chosen pictures “%1” (key %2)</source>
        <translation>把选中的图片标为“%1”（按键 %2）</translation>
    </message>
    <message>
        <source>Nothing has been changed yet.</source>
        <translation>还没有任何改动。</translation>
    </message>
    <message>
        <source>Takes the last change back (Ctrl+Z)</source>
        <translation>撤销上一次改动 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Nothing has been taken back.</source>
        <translation>没有可以重做的改动。</translation>
    </message>
    <message>
        <source>Makes the change that was taken back again (Ctrl+Shift+Z)</source>
        <translation>重做撤销的改动 (Ctrl+Shift+Z)</translation>
    </message>
    <message>
        <source>What can be done with the chosen pictures</source>
        <translation>对选中的图片可以做的事</translation>
    </message>
    <message>
        <source>Label…</source>
        <translation>标注…</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Label as %1</source>
        <translation>标为 %1</translation>
    </message>
    <message>
        <source>Adds “%1” to the labels of the chosen pictures, or takes it away from all (key %2)</source>
        <translation>给所选图片加上标签“%1”；若全部已有，则全部去掉（按键 %2）</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::DataEditor</name>
    <message>
        <source>Undone</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>Done again</source>
        <translation>已重做</translation>
    </message>
    <message>
        <source>The data are as they were then</source>
        <translation>数据已恢复到那时的样子</translation>
    </message>
    <message>
        <source>Named</source>
        <translation>已命名</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::DataFilters</name>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>标注者</translation>
    </message>
    <message>
        <source>Unlabelled</source>
        <translation>没有标签</translation>
    </message>
    <message>
        <source>Suggested by a model</source>
        <translation>模型建议</translation>
    </message>
    <message>
        <source>Disagreement</source>
        <translation>意见不一</translation>
    </message>
    <message>
        <source>File missing</source>
        <translation>文件缺失</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Find a class</source>
        <translation>查找类别</translation>
    </message>
    <message>
        <source>Show &amp;all</source>
        <translation>显示全部(&amp;A)</translation>
    </message>
    <message>
        <source>Nothing is filtered by state, class, part or author.</source>
        <translation>没有按状态、类别、部分或标注者筛选。</translation>
    </message>
    <message>
        <source>Takes all ticks away</source>
        <translation>取消所有勾选</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::DataGallery</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>再次查询</translation>
    </message>
    <message>
        <source>Keep the other value</source>
        <translation>保留对方的值</translation>
    </message>
    <message>
        <source>Make my change anyway</source>
        <translation>仍然应用我的改动</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>Pictures of the data set</source>
        <translation>数据集的图片</translation>
    </message>
    <message>
        <source>Part of a file name</source>
        <translation>文件名的一部分</translation>
    </message>
    <message>
        <source>Shows what has these letters in its path (Ctrl+F)</source>
        <translation>显示路径中含有这些字的图片 (Ctrl+F)</translation>
    </message>
    <message>
        <source>&amp;Order</source>
        <translation>顺序(&amp;O)</translation>
    </message>
    <message>
        <source>Update list</source>
        <translation>更新列表</translation>
    </message>
    <message>
        <source>Labels have changed since this list was made; it is asked for again (F5)</source>
        <translation>列表生成以后标签有变化；重新查询 (F5)</translation>
    </message>
    <message>
        <source>The last or highest comes first</source>
        <translation>最后的或最高的在前</translation>
    </message>
    <message>
        <source>The first or lowest comes first</source>
        <translation>最早的或最低的在前</translation>
    </message>
    <message>
        <source>When added</source>
        <translation>加入时间</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>When changed</source>
        <translation>改动时间</translation>
    </message>
    <message>
        <source>Like %1</source>
        <translation>与 %1 相似</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Asking for the pictures…</source>
        <translation>正在查询图片…</translation>
    </message>
    <message>
        <source>There are no pictures in the data set yet.</source>
        <translation>数据集中还没有图片。</translation>
    </message>
    <message>
        <source>None of these pictures is in the data set of the project. Import their folder, and they can be mended here.</source>
        <translation>这些图片都不在项目的数据集中。导入它们的文件夹后就能在这里改正。</translation>
    </message>
    <message>
        <source>No picture is like that. Take ticks away on the left, or empty the search.</source>
        <translation>没有这样的图片。请取消左侧的勾选，或清空搜索。</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>已移除</translation>
    </message>
    <message>
        <source>No label</source>
        <translation>没有标签</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>%1 × %2 pixels</source>
        <translation>%1 × %2 像素</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>The file is not where it was.</source>
        <translation>文件已不在原处。</translation>
    </message>
    <message>
        <source>Those who labelled it say different things.</source>
        <translation>标注者的意见不一致。</translation>
    </message>
    <message>
        <source>The project folder is read-only. Copy it to a folder of your own to change the data.</source>
        <translation>项目文件夹是只读的。要改动数据，请把它复制到自己的文件夹。</translation>
    </message>
    <message>
        <source>There is no class %1. L makes a new one.</source>
        <translation>没有第 %1 个类别。按 L 新建一个。</translation>
    </message>
    <message>
        <source>Label…</source>
        <translation>标注…</translation>
    </message>
    <message>
        <source>Take the label away</source>
        <translation>去掉标签</translation>
    </message>
    <message>
        <source>Remove from the data set</source>
        <translation>从数据集中移除</translation>
    </message>
    <message>
        <source>Pictures like this one</source>
        <translation>与此相似的图片</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Only certain pictures are shown. Choose “Show all” above them first.</source>
        <translation>只显示了某些图片。请先选择图片上方的“显示全部”。</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::DeviceEditor</name>
    <message>
        <source>The GPU when there is one that fits, else the processor.</source>
        <translation>有合适的 GPU 就用 GPU，否则用处理器。</translation>
    </message>
    <message>
        <source>The processor.</source>
        <translation>处理器。</translation>
    </message>
    <message>
        <source>An NVIDIA GPU; the block fails where there is none.</source>
        <translation>NVIDIA GPU；没有时模块会失败。</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::EmbeddingMapView</name>
    <message>
        <source>Map of the pictures</source>
        <translation>图片的分布图</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Part of the split</source>
        <translation>所属部分</translation>
    </message>
    <message>
        <source>Right or wrong</source>
        <translation>正确或错误</translation>
    </message>
    <message>
        <source>Link predictions to the map block to see which pictures are classified wrongly.</source>
        <translation>把预测连接到分布图模块，即可看到哪些图片分错了。</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Show the whole map (0, or a double click)</source>
        <translation>显示整个分布图（0 或双击）</translation>
    </message>
    <message>
        <source>Draw around points to choose them; Ctrl adds. Wheel: zoom; middle button or Space and drag: move; arrow keys: from point to point.</source>
        <translation>圈出点来选择；加 Ctrl 追加。滚轮：缩放；中键或按住空格拖动：移动；方向键：逐点移动。</translation>
    </message>
    <message>
        <source>No label</source>
        <translation>没有标签</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Show or hide %1</source>
        <translation>显示或隐藏 %1</translation>
    </message>
    <message>
        <source>Taken for %1</source>
        <translation>被当作 %1</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::FiguresPage</name>
    <message>
        <source>95 %: %1 to %2</source>
        <translation>95 %：%1 到 %2</translation>
    </message>
    <message>
        <source>no interval</source>
        <translation>没有区间</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::FindingsPage</name>
    <message>
        <source>Suspect labels</source>
        <translation>可疑标签</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>标注冲突</translation>
    </message>
    <message>
        <source>Leaks</source>
        <translation>泄漏</translation>
    </message>
    <message>
        <source>Near-duplicates</source>
        <translation>近似重复</translation>
    </message>
    <message>
        <source>Odd pictures</source>
        <translation>异常图片</translation>
    </message>
    <message>
        <source>Imbalance</source>
        <translation>类别不平衡</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Nothing was found: labels and pictures look right.</source>
        <translation>没有发现问题：标签和图片看起来都正确。</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>Said to be right</source>
        <translation>已确认无误</translation>
    </message>
    <message>
        <source>This label is probably wrong</source>
        <translation>这个标签很可能有误</translation>
    </message>
    <message>
        <source>The labels contradict each other</source>
        <translation>标签互相矛盾</translation>
    </message>
    <message>
        <source>The test has seen this</source>
        <translation>测试部分含有学过的图片</translation>
    </message>
    <message>
        <source>These show the same</source>
        <translation>这些图片内容相同</translation>
    </message>
    <message>
        <source>This picture is unlike the others</source>
        <translation>这张图片与其他图片不同</translation>
    </message>
    <message>
        <source>A class is short of pictures</source>
        <translation>某个类别缺少图片</translation>
    </message>
    <message>
        <source>Label: %1</source>
        <translation>标签：%1</translation>
    </message>
    <message>
        <source>Label: %1   Proposed: %2</source>
        <translation>标签：%1   建议：%2</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>It is right</source>
        <translation>没有问题</translation>
    </message>
    <message>
        <source>No label</source>
        <translation>无标签</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Show in the data</source>
        <translation>在数据中显示</translation>
    </message>
    <message>
        <source>Opens these pictures where their labels can be changed (D)</source>
        <translation>在可以修改标签的地方打开这些图片 (D)</translation>
    </message>
    <message>
        <source>Leave it as it is and do not bring it up again (R)</source>
        <translation>保持原样，不再提出 (R)</translation>
    </message>
    <message>
        <source>Kinds of findings</source>
        <translation>发现的种类</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>Pictures of the finding</source>
        <translation>该发现的图片</translation>
    </message>
    <message>
        <source>About %1 of %2 labels are estimated to be wrong (%3).</source>
        <translation>估计 %2 个标签中约有 %1 个有误（%3）。</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::FormatReport</name>
    <message>
        <source>What was noticed</source>
        <translation>注意到的情况</translation>
    </message>
    <message>
        <source>How often</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Everything is in the files; nothing had to be left out.</source>
        <translation>全部内容都已写入文件，没有遗漏。</translation>
    </message>
    <message>
        <source>Nothing unusual in names and labels. Pictures are read as they come in; any that cannot be read is named then.</source>
        <translation>文件名和标签没有异常。图片在导入时读取，无法读取的会在那时列出。</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::HintCard</name>
    <message>
        <source>An empty canvas</source>
        <translation>空白画布</translation>
    </message>
    <message>
        <source>Drop a folder of pictures here: the names of its sub-folders become the classes.</source>
        <translation>把图片文件夹拖到这里：子文件夹的名字会成为类别。</translation>
    </message>
    <message>
        <source>Press &lt;b&gt;Space&lt;/b&gt; or double-click to add a block; drag from a port to link it.</source>
        <translation>按&lt;b&gt;空格&lt;/b&gt;或双击添加模块；从端口拖出连线。</translation>
    </message>
    <message>
        <source>Or open a template: File, New from template.</source>
        <translation>或者打开模板：开始页里有全部模板。</translation>
    </message>
    <message>
        <source>Add a block</source>
        <translation>添加模块</translation>
    </message>
    <message>
        <source>How to begin</source>
        <translation>如何开始</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::HistoryPanel</name>
    <message>
        <source>What has changed since “%1”</source>
        <translation>“%1”以来的变化</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Revision %1: %2</source>
        <translation>版本 %1：%2</translation>
    </message>
    <message>
        <source>Nothing has been done to the data yet.</source>
        <translation>还没有对数据做过任何改动。</translation>
    </message>
    <message>
        <source>%1: %2, %3 without a label</source>
        <translation>%1：%2，其中 %3 张没有标签</translation>
    </message>
    <message>
        <source>This is how the data are now.</source>
        <translation>这就是数据现在的样子。</translation>
    </message>
    <message>
        <source>Comparing with now…</source>
        <translation>正在与现在比较…</translation>
    </message>
    <message>
        <source>Since then: %1.</source>
        <translation>此后：%1。</translation>
    </message>
    <message>
        <source>%1 → %2: %3</source>
        <translation>%1 → %2：%3</translation>
    </message>
    <message>
        <source>Choose a revision first.</source>
        <translation>请先选择一个版本。</translation>
    </message>
    <message>
        <source>The project folder is read-only.</source>
        <translation>项目文件夹是只读的。</translation>
    </message>
    <message>
        <source>Gives this state of the data a name to find it by</source>
        <translation>给这个版本起名，便于查找</translation>
    </message>
    <message>
        <source>Makes the data as they were then. That is a new revision: nothing is lost, and undo brings back what is now.</source>
        <translation>把数据恢复到那时的样子。这会成为新的版本：不会丢失任何内容，撤销可回到现在。</translation>
    </message>
    <message>
        <source>Puts this state of the data into the pipeline, to be trained on</source>
        <translation>把这个版本的数据放进流程，用于训练</translation>
    </message>
    <message>
        <source>No pictures differ.</source>
        <translation>没有不同的图片。</translation>
    </message>
    <message>
        <source>Shows the pictures that have changed since then</source>
        <translation>显示此后有变化的图片</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Revisions, the newest first</source>
        <translation>版本，最新的在前</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>做了什么</translation>
    </message>
    <message>
        <source>By</source>
        <translation>由谁</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>&amp;Train on this</source>
        <translation>用它训练(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Go back to this</source>
        <translation>恢复到此(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Name…</source>
        <translation>命名(&amp;N)…</translation>
    </message>
    <message>
        <source>Show what &amp;changed</source>
        <translation>显示变化(&amp;C)</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::ImportSummaryView</name>
    <message>
        <source>A folder of pictures; folder names become classes</source>
        <translation>图片文件夹；文件夹名成为类别</translation>
    </message>
    <message>
        <source>A table that lists pictures</source>
        <translation>列出图片的表格</translation>
    </message>
    <message>
        <source>A model exported by Patchbay</source>
        <translation>由 Patchbay 导出的模型</translation>
    </message>
    <message>
        <source>A pipeline</source>
        <translation>流程</translation>
    </message>
    <message>
        <source>Nothing that can be imported was found here</source>
        <translation>这里没有可以导入的内容</translation>
    </message>
    <message>
        <source>What would be imported</source>
        <translation>将要导入的内容</translation>
    </message>
    <message>
        <source>Looking at the pictures…</source>
        <translation>正在查看图片…</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>A sample</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>What was noticed</source>
        <translation>注意到的情况</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>What happens with it</source>
        <translation>如何处理</translation>
    </message>
    <message>
        <source>Nothing to look at yet</source>
        <translation>还没有可看的内容</translation>
    </message>
    <message>
        <source>Choose a folder of pictures or a table that lists them.</source>
        <translation>请选择图片文件夹，或列出图片的表格。</translation>
    </message>
    <message>
        <source>%1: %2, %3.</source>
        <translation>%1：%2，%3。</translation>
    </message>
    <message>
        <source>one class</source>
        <translation>一个类别</translation>
    </message>
    <message>
        <source>%1 classes</source>
        <translation>%1 个类别</translation>
    </message>
    <message>
        <source>No label</source>
        <translation>没有标签</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>There is no picture to show.</source>
        <translation>没有可显示的图片。</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>不导入</translation>
    </message>
    <message>
        <source>Nothing unusual</source>
        <translation>没有异常</translation>
    </message>
    <message>
        <source>Every file can be read, none is there twice</source>
        <translation>每个文件都可读取，没有重复</translation>
    </message>
    <message>
        <source>%1 without colour</source>
        <translation>%1 没有颜色</translation>
    </message>
    <message>
        <source>Read as colour pictures with equal channels</source>
        <translation>按三个通道相同的彩色图片读取</translation>
    </message>
    <message>
        <source>%1 with transparency</source>
        <translation>%1 带透明度</translation>
    </message>
    <message>
        <source>%1 in printing colours (CMYK)</source>
        <translation>%1 为印刷色（CMYK）</translation>
    </message>
    <message>
        <source>Converted to RGB</source>
        <translation>转换为 RGB</translation>
    </message>
    <message>
        <source>%1 with 16 bits a channel</source>
        <translation>%1 每通道 16 位</translation>
    </message>
    <message>
        <source>%1 turned by the camera</source>
        <translation>%1 由相机旋转</translation>
    </message>
    <message>
        <source>Put upright as the file says</source>
        <translation>按文件所说摆正</translation>
    </message>
    <message>
        <source>Each is kept; copies in training and test together make figures too good</source>
        <translation>每张都保留；训练和测试中同时有副本会使指标偏高</translation>
    </message>
    <message>
        <source>Transparency is left out, the stored colour stays</source>
        <translation>去掉透明度，保留存储的颜色</translation>
    </message>
    <message>
        <source>Read with 8 bits a channel</source>
        <translation>按每通道 8 位读取</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Formats</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Sides of the pictures</source>
        <translation>图片的边长</translation>
    </message>
    <message>
        <source>%1 to %2 pixels</source>
        <translation>%1 到 %2 像素</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::Inspector</name>
    <message>
        <source>This pipeline cannot be changed.</source>
        <translation>这个流程不能修改。</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::KeySheet</name>
    <message>
        <source>No key matches: %1</source>
        <translation>没有匹配的按键：%1</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Search keys</source>
        <translation>搜索按键</translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation>更改按键…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::LabelMenu</name>
    <message>
        <source>%1   (key %2)</source>
        <translation>%1   （按键 %2）</translation>
    </message>
    <message>
        <source>New class “%1”</source>
        <translation>新类别“%1”</translation>
    </message>
    <message>
        <source>No label</source>
        <translation>没有标签</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Class to label with</source>
        <translation>用来标注的类别</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Type to find a class or to name a new one; Enter takes it.</source>
        <translation>输入文字查找类别或新建类别；按 Enter 确定。</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::ListEditor</name>
    <message>
        <source>Add a class</source>
        <translation>添加类别</translation>
    </message>
    <message>
        <source>Add an entry</source>
        <translation>添加一项</translation>
    </message>
    <message>
        <source>Remove what is selected (Del)</source>
        <translation>删除选中的内容（Del）</translation>
    </message>
    <message>
        <source>Move up (Alt+Up)</source>
        <translation>上移（Alt+Up）</translation>
    </message>
    <message>
        <source>Move down (Alt+Down)</source>
        <translation>下移（Alt+Down）</translation>
    </message>
    <message>
        <source>From the data</source>
        <translation>取自数据</translation>
    </message>
    <message>
        <source>The blocks have different lists; this is the first one&apos;s. What you change here goes to all of them.</source>
        <translation>这些模块的列表不同；这里是第一个的。您在这里的更改会用于全部。</translation>
    </message>
    <message>
        <source>No classes are listed.</source>
        <translation>没有列出类别。</translation>
    </message>
    <message>
        <source>Nothing is listed.</source>
        <translation>没有列出内容。</translation>
    </message>
    <message>
        <source>The class &quot;%1&quot; is listed twice.</source>
        <translation>类别“%1”列出了两次。</translation>
    </message>
    <message>
        <source>Rename or remove one of them.</source>
        <translation>请给其中一个改名，或删除一个。</translation>
    </message>
    <message>
        <source>New class</source>
        <translation>新类别</translation>
    </message>
    <message>
        <source>New entry</source>
        <translation>新项</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>name and number</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>The data have no classes.</source>
        <translation>数据没有类别。</translation>
    </message>
    <message>
        <source>Put the pictures into one folder for each class.</source>
        <translation>请把图片按类别放进文件夹。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>what and why it cannot be done</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>nothing is selected in the list</source>
        <translation>列表中没有选择内容</translation>
    </message>
    <message>
        <source>it is the first</source>
        <translation>它已是第一个</translation>
    </message>
    <message>
        <source>it is the last</source>
        <translation>它已是最后一个</translation>
    </message>
    <message>
        <source>Take the classes from the data</source>
        <translation>使用数据中的类别</translation>
    </message>
    <message>
        <source>choose a folder or table of pictures first</source>
        <translation>请先选择图片文件夹或表格</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::LoadStrip</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>GPU memory</source>
        <translation>GPU 内存</translation>
    </message>
    <message>
        <source>How busy the machine is appears here while a job runs.</source>
        <translation>任务运行时，这里显示机器的繁忙程度。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Load of this machine</source>
        <translation>这台机器的负载</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::LogView</name>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>警告和错误</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Which lines are shown</source>
        <translation>显示哪些行</translation>
    </message>
    <message>
        <source>Search the log</source>
        <translation>搜索日志</translation>
    </message>
    <message>
        <source>Show all blocks</source>
        <translation>显示全部模块</translation>
    </message>
    <message>
        <source>What the blocks say while they run appears here.</source>
        <translation>模块运行时说的话会显示在这里。</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::MapPage</name>
    <message>
        <source>Draw a line around points to see their pictures here.</source>
        <translation>圈出一些点，在这里查看它们的图片。</translation>
    </message>
    <message>
        <source>No label</source>
        <translation>没有标签</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Open in the data set</source>
        <translation>在数据集中打开</translation>
    </message>
    <message>
        <source>Draw a line around points first.</source>
        <translation>请先圈选一些点。</translation>
    </message>
    <message>
        <source>Shows these pictures where they can be labelled</source>
        <translation>在可以标注的地方显示这些图片</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::MiniMap</name>
    <message>
        <source>Overview</source>
        <translation>全景</translation>
    </message>
    <message>
        <source>Overview: drag to move the view, arrow keys too</source>
        <translation>全景：拖动来移动视野，也可用方向键</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::MistakesPage</name>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>is %1</source>
        <translation>实际为 %1</translation>
    </message>
    <message>
        <source>Taken for</source>
        <translation>被当作</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>True class</source>
        <translation>真实类别</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>No mistakes: every picture of this part was classified correctly.</source>
        <translation>没有错误：这一部分的每张图片都分对了。</translation>
    </message>
    <message>
        <source>Show where the model looked</source>
        <translation>显示模型看的位置</translation>
    </message>
    <message>
        <source>Red: what spoke most for the predicted class. Computed now, one picture after another.</source>
        <translation>红色：最支持预测类别的位置。现在逐张计算。</translation>
    </message>
    <message>
        <source>The model of this report is not known; open the report from its run.</source>
        <translation>不知道此报告的模型；请从它的运行中打开报告。</translation>
    </message>
    <message>
        <source>How strongly the heat map covers the picture</source>
        <translation>热力图覆盖图片的强度</translation>
    </message>
    <message>
        <source>Strength of the heat map</source>
        <translation>热力图的强度</translation>
    </message>
    <message>
        <source>Open in the data set</source>
        <translation>在数据集中打开</translation>
    </message>
    <message>
        <source>Shows the chosen mistakes, or all of them, where their labels can be mended</source>
        <translation>在可以改正标签的地方显示选中的或全部错误</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::MixedPage</name>
    <message numerus="yes">
        <source>%n block(s)</source>
        <translation>
            <numerusform>%n 个模块</numerusform>
        </translation>
    </message>
    <message>
        <source>Blocks of one kind can be edited together. Choose which:</source>
        <translation>同一种模块可以一起编辑。请选择哪一种：</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>kind of block and how many</comment>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::NumberBox</name>
    <message>
        <source>several values</source>
        <translation>多个值</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>number and unit</comment>
        <translation>%1 %2</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::NumberEditor</name>
    <message>
        <source>%1, slider</source>
        <translation>%1，滑块</translation>
    </message>
    <message>
        <source>This is not a number: %1</source>
        <translation>这不是数字：%1</translation>
    </message>
    <message>
        <source>Give a number.</source>
        <translation>请给出数字。</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::ParamRow</name>
    <message>
        <source>%1 *</source>
        <comment>a parameter that must be set</comment>
        <translation>%1 *</translation>
    </message>
    <message>
        <source>Default: %1</source>
        <translation>默认：%1</translation>
    </message>
    <message>
        <source>default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>What &quot;%1&quot; means</source>
        <translation>“%1”的含义</translation>
    </message>
    <message>
        <source>Back to the default: %1</source>
        <translation>恢复默认：%1</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::ParamsForm</name>
    <message>
        <source>%1 or %2</source>
        <translation>%1 或 %2</translation>
    </message>
    <message>
        <source>Can be changed when &quot;%1&quot; is &quot;%2&quot;.</source>
        <translation>当“%1”为“%2”时可以更改。</translation>
    </message>
    <message>
        <source>More (%1, %2 changed)</source>
        <translation>更多（%1 项，%2 项已更改）</translation>
    </message>
    <message>
        <source>More (%1)</source>
        <translation>更多（%1 项）</translation>
    </message>
    <message>
        <source>There is nothing to set on this block.</source>
        <translation>这个模块没有可设置的内容。</translation>
    </message>
    <message>
        <source>There is nothing to set now.</source>
        <translation>现在没有可设置的内容。</translation>
    </message>
    <message>
        <source>No setting matches &quot;%1&quot;.</source>
        <translation>没有与“%1”匹配的设置。</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>全部重置</translation>
    </message>
    <message numerus="yes">
        <source>Puts %n changed setting(s) back to the default.</source>
        <translation>
            <numerusform>把 %n 项已更改的设置恢复默认。</numerusform>
        </translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>搜索设置</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::PathEditor</name>
    <message>
        <source>Choose or drop a folder</source>
        <translation>选择或拖入文件夹</translation>
    </message>
    <message>
        <source>Choose or drop a file</source>
        <translation>选择或拖入文件</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>There is no folder of this name yet.</source>
        <translation>还没有这个名称的文件夹。</translation>
    </message>
    <message numerus="yes">
        <source>%1 picture(s)</source>
        <translation>
            <numerusform>%1 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 picture(s) in %2 classes</source>
        <translation>
            <numerusform>%1 张图片，%2 个类别</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::PictureFeed</name>
    <message>
        <source>This picture has no pixels.</source>
        <translation>这张图片没有像素。</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::PictureGrid</name>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>There are no pictures here.</source>
        <translation>这里没有图片。</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::PictureView</name>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在载入…</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::PictureWindow</name>
    <message>
        <source>Previous</source>
        <translation>上一张</translation>
    </message>
    <message>
        <source>Previous picture (Left, Page up)</source>
        <translation>上一张图片（Left、Page up）</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一张</translation>
    </message>
    <message>
        <source>Next picture (Right, Page down)</source>
        <translation>下一张图片（Right、Page down）</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适配</translation>
    </message>
    <message>
        <source>Whole picture (0)</source>
        <translation>整张图片（0）</translation>
    </message>
    <message>
        <source>Real size</source>
        <translation>原始大小</translation>
    </message>
    <message>
        <source>One pixel of the picture is one of the screen (1)</source>
        <translation>图片的一个像素对应屏幕的一个像素（1）</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>This is the first picture.</source>
        <translation>这是第一张图片。</translation>
    </message>
    <message>
        <source>This is the last picture.</source>
        <translation>这是最后一张图片。</translation>
    </message>
    <message>
        <source>This picture cannot be read. It may have been moved or damaged since it was imported.</source>
        <translation>无法读取这张图片。它可能在导入后被移动或损坏。</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::PipelinePage</name>
    <message>
        <source>%1, %2</source>
        <comment>blocks and links</comment>
        <translation>%1，%2</translation>
    </message>
    <message numerus="yes">
        <source>%n block(s)</source>
        <translation>
            <numerusform>%n 个模块</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n link(s)</source>
        <translation>
            <numerusform>%n 条连线</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>block and what is wrong</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>errors and warnings</comment>
        <translation>%1，%2</translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n 个错误</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n 个警告</numerusform>
        </translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>No problems: the pipeline can run.</source>
        <translation>没有问题：流程可以运行。</translation>
    </message>
    <message>
        <source>Choose a problem to see the block it belongs to.</source>
        <translation>选择一个问题，查看它所属的模块。</translation>
    </message>
    <message>
        <source>Select a block to see its settings.</source>
        <translation>选择一个模块来查看它的设置。</translation>
    </message>
    <message>
        <source>Pipeline</source>
        <translation>流程</translation>
    </message>
    <message>
        <source>Title of the pipeline</source>
        <translation>流程的标题</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>What it is for, what data it takes, what to look at.</source>
        <translation>它的用途、使用的数据、需要注意的内容。</translation>
    </message>
    <message>
        <source>Problems of the pipeline</source>
        <translation>流程的问题</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::PortList</name>
    <message>
        <source>%1 in: %2</source>
        <comment>port title and type</comment>
        <translation>%1 输入：%2</translation>
    </message>
    <message>
        <source>%1 out: %2</source>
        <comment>port title and type</comment>
        <translation>%1 输出：%2</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>从 %1</translation>
    </message>
    <message>
        <source>to %1</source>
        <translation>去往 %1</translation>
    </message>
    <message>
        <source>Show the block &quot;%1&quot;</source>
        <translation>显示模块“%1”</translation>
    </message>
    <message>
        <source>Not linked.</source>
        <translation>未连接。</translation>
    </message>
    <message>
        <source>Not linked; it may stay so.</source>
        <translation>未连接；可以保持这样。</translation>
    </message>
    <message>
        <source>Not linked; the block needs it.</source>
        <translation>未连接；模块需要它。</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::ProblemsView</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Click to go there</source>
        <translation>点击前往</translation>
    </message>
    <message>
        <source>No problems: the pipeline can run.</source>
        <translation>没有问题：流程可以运行。</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>block and parameter</comment>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::QueuePanel</name>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Runs and their blocks</source>
        <translation>运行及其模块</translation>
    </message>
    <message>
        <source>Nothing has run yet. Press Run (Ctrl+Enter): every block that runs is listed here with its progress.</source>
        <translation>还没有运行过。按“运行”（Ctrl+Enter）：这里会列出每个运行的模块及其进度。</translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation>停止并保留</translation>
    </message>
    <message>
        <source>Interrupt</source>
        <translation>中断</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Shows what the selected block said while it ran</source>
        <translation>显示选中的模块运行时说的话</translation>
    </message>
    <message>
        <source>Ends training soon and keeps the best model so far; what follows still runs</source>
        <translation>尽快结束训练并保留目前最好的模型；后面的步骤仍会运行</translation>
    </message>
    <message>
        <source>Choose a run in progress first</source>
        <translation>请先选择一次进行中的运行</translation>
    </message>
    <message>
        <source>Ends the run now; finished blocks keep their results, training goes on from its last checkpoint next time</source>
        <translation>立即结束运行；已完成的模块保留结果，训练下次从上一个检查点继续</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1
On the command line: %2</source>
        <translation>%1
命令行中的名称：%2</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::ReportView</name>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Save report…</source>
        <translation>保存报告…</translation>
    </message>
    <message>
        <source>As one HTML file or PDF to hand on; your pictures go in only if you say so.</source>
        <translation>保存为一个 HTML 文件或 PDF 以便转交；只有您同意时才包含您的图片。</translation>
    </message>
    <message>
        <source>Reports of an Evaluate block can be saved as document.</source>
        <translation>“评估”模块的报告可以保存为文档。</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Confusion</source>
        <translation>混淆</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>Mistakes</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Reading the report…</source>
        <translation>正在读取报告…</translation>
    </message>
    <message>
        <source>No report yet</source>
        <translation>还没有报告</translation>
    </message>
    <message>
        <source>Run a pipeline with an Evaluate block, or choose a finished run.</source>
        <translation>运行含有“评估”模块的流程，或选择一次已完成的运行。</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>网页 (*.html)</translation>
    </message>
    <message>
        <source>PDF document (*.pdf)</source>
        <translation>PDF 文档 (*.pdf)</translation>
    </message>
    <message>
        <source>report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>May your own pictures go into the report?</source>
        <translation>您自己的图片可以放进报告吗？</translation>
    </message>
    <message>
        <source>The worst mistakes would be shown as small pictures to everyone who gets the file. Without them the list names the files only.</source>
        <translation>最严重的错误会以小图显示给每个拿到文件的人。不包含图片时，列表只写文件名。</translation>
    </message>
    <message>
        <source>With pictures</source>
        <translation>包含图片</translation>
    </message>
    <message>
        <source>Without pictures</source>
        <translation>不包含图片</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>已保存 %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>pipeline and block</comment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::RunComparison</name>
    <message>
        <source>Comparison of runs</source>
        <translation>运行比较</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>What was done differently</source>
        <translation>做法上的不同</translation>
    </message>
    <message>
        <source>Only figures that differ</source>
        <translation>只显示不同的指标</translation>
    </message>
    <message>
        <source>Copy as CSV</source>
        <translation>复制为 CSV</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1 (compared with)</source>
        <translation>%1（作为比较对象）</translation>
    </message>
    <message>
        <source>Nothing to compare yet</source>
        <translation>还没有可比较的内容</translation>
    </message>
    <message>
        <source>Choose two or more runs in the list of runs, then Compare.</source>
        <translation>在运行列表中选择两次或更多运行，然后点“比较”。</translation>
    </message>
    <message>
        <source>Reading the runs…</source>
        <translation>正在读取运行…</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Whole run</source>
        <translation>整个运行</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>不存在</translation>
    </message>
    <message>
        <source>Nothing: same blocks, links, parameters, seed and device.</source>
        <translation>没有：模块、连线、参数、种子和设备都相同。</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::RunsModel</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>正在运行</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>Pinned runs are kept when storage is cleaned up; one of them can be the baseline.</source>
        <translation>清理存储时保留固定的运行；其中一个可以作为基线。</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Pipeline</source>
        <translation>流程</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Against baseline</source>
        <translation>与基线相比</translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation>基线</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>已固定</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::RunsTable</name>
    <message>
        <source>Runs</source>
        <translation>运行记录</translation>
    </message>
    <message>
        <source>Filter by words</source>
        <translation>按文字筛选</translation>
    </message>
    <message>
        <source>Filter runs by words</source>
        <translation>按文字筛选运行</translation>
    </message>
    <message>
        <source>All states</source>
        <translation>全部状态</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Figure shown</source>
        <translation>显示的指标</translation>
    </message>
    <message>
        <source>Which figure the table shows</source>
        <translation>表格显示哪个指标</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>No run has told a figure yet.</source>
        <translation>还没有运行报告过指标。</translation>
    </message>
    <message>
        <source>Choose one run first.</source>
        <translation>请先选择一次运行。</translation>
    </message>
    <message>
        <source>Choose a run first.</source>
        <translation>请先选择一次运行。</translation>
    </message>
    <message>
        <source>Show the pipeline and the results of this run (Enter)</source>
        <translation>显示这次运行的流程和结果（Enter）</translation>
    </message>
    <message>
        <source>Figures side by side, and what differed in the parameters</source>
        <translation>并排显示指标，以及参数上的不同</translation>
    </message>
    <message>
        <source>Choose two or more runs first (Ctrl+click).</source>
        <translation>请先选择两次或更多运行（Ctrl+点击）。</translation>
    </message>
    <message>
        <source>Lay the curves of these runs over each other</source>
        <translation>把这些运行的曲线叠在一起</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消固定</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Pinned runs keep their results when storage is cleaned up.</source>
        <translation>清理存储时，固定的运行会保留结果。</translation>
    </message>
    <message>
        <source>No baseline</source>
        <translation>没有基线</translation>
    </message>
    <message>
        <source>Make baseline</source>
        <translation>设为基线</translation>
    </message>
    <message>
        <source>The run all others are compared with; it is pinned, too.</source>
        <translation>其他运行都与它比较；它也会被固定。</translation>
    </message>
    <message>
        <source>No runs yet</source>
        <translation>还没有运行</translation>
    </message>
    <message>
        <source>Run a pipeline; every run is listed here with its figures.</source>
        <translation>运行一个流程；每次运行及其指标都会列在这里。</translation>
    </message>
    <message>
        <source>No run fits the filter</source>
        <translation>没有符合筛选的运行</translation>
    </message>
    <message>
        <source>Delete words of the filter, or choose all states.</source>
        <translation>请删除筛选的文字，或选择全部状态。</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::Section</name>
    <message>
        <source>open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::ShortcutEditor</name>
    <message>
        <source>Changed; by default: %1</source>
        <translation>已更改；默认为：%1</translation>
    </message>
    <message>
        <source>no key</source>
        <translation>无按键</translation>
    </message>
    <message>
        <source>New keys for &quot;%1&quot;:</source>
        <translation>“%1”的新按键：</translation>
    </message>
    <message>
        <source>Choose a command above.</source>
        <translation>请在上方选择一个命令。</translation>
    </message>
    <message>
        <source>The command has no keys.</source>
        <translation>该命令没有按键。</translation>
    </message>
    <message>
        <source>The command has its default keys.</source>
        <translation>该命令使用默认按键。</translation>
    </message>
    <message>
        <source>%1 belongs to &quot;%2&quot;.</source>
        <translation>%1 属于“%2”。</translation>
    </message>
    <message>
        <source>Assign to take the keys away from it, or press others.</source>
        <translation>分配会把按键从它那里拿走；也可以按别的键。</translation>
    </message>
    <message>
        <source>Assign anyway</source>
        <translation>仍然分配</translation>
    </message>
    <message>
        <source>Assign</source>
        <translation>分配</translation>
    </message>
    <message>
        <source>Press the new keys in the field first.</source>
        <translation>请先在框中按下新的按键。</translation>
    </message>
    <message>
        <source>Change keys</source>
        <translation>更改按键</translation>
    </message>
    <message>
        <source>Search commands or keys</source>
        <translation>搜索命令或按键</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>命令及其按键</translation>
    </message>
    <message>
        <source>New keys</source>
        <translation>新按键</translation>
    </message>
    <message>
        <source>No keys</source>
        <translation>无按键</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>全部重置</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::StateCard</name>
    <message>
        <source>Not checked yet</source>
        <translation>尚未检查</translation>
    </message>
    <message>
        <source>Not configured</source>
        <translation>未配置</translation>
    </message>
    <message>
        <source>Will run</source>
        <translation>将会运行</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>正在运行</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>未运行</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>count and unit</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>parts of a progress line</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Done in %1</source>
        <translation>用时 %1</translation>
    </message>
    <message>
        <source>Muted: this block and what depends on it do not run (Ctrl+M).</source>
        <translation>已停用：此模块和依赖它的模块都不运行（Ctrl+M）。</translation>
    </message>
    <message>
        <source>Bypassed: what comes in goes on unchanged (Ctrl+B).</source>
        <translation>已旁路：进来的内容原样传出（Ctrl+B）。</translation>
    </message>
    <message>
        <source>Run to here</source>
        <translation>运行到这里</translation>
    </message>
    <message>
        <source>The block is running already.</source>
        <translation>模块已在运行。</translation>
    </message>
    <message>
        <source>The block is muted; unmute it first (Ctrl+M).</source>
        <translation>模块已停用；请先启用（Ctrl+M）。</translation>
    </message>
    <message>
        <source>The block is not installed here.</source>
        <translation>这里没有安装此模块。</translation>
    </message>
    <message>
        <source>Runs this block and whatever it needs first.</source>
        <translation>先运行它所需的模块，再运行它。</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::StepCard</name>
    <message>
        <source>Apply &quot;%1&quot; earlier</source>
        <translation>把“%1”提前</translation>
    </message>
    <message>
        <source>Apply &quot;%1&quot; later</source>
        <translation>把“%1”推后</translation>
    </message>
    <message>
        <source>Remove &quot;%1&quot;</source>
        <translation>去掉“%1”</translation>
    </message>
    <message>
        <source>There is no augmentation of this name here. Remove it, or install the version that has it.</source>
        <translation>这里没有这个名称的增强。请去掉它，或安装含有它的版本。</translation>
    </message>
    <message>
        <source>It is the first already.</source>
        <translation>它已是第一个。</translation>
    </message>
    <message>
        <source>It is the last already.</source>
        <translation>它已是最后一个。</translation>
    </message>
    <message>
        <source>How often</source>
        <translation>频率</translation>
    </message>
    <message>
        <source>%1, slider</source>
        <translation>%1，滑块</translation>
    </message>
    <message>
        <source>%1, from</source>
        <translation>%1，从</translation>
    </message>
    <message>
        <source>%1, to</source>
        <translation>%1，到</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::SummaryPage</name>
    <message>
        <source>Single runs</source>
        <translation>各次运行</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>%1 brought together.</source>
        <translation>汇集了 %1。</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Mean (95 % interval)</source>
        <translation>平均值（95 % 区间）</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>离散程度</translation>
    </message>
    <message>
        <source>How computed</source>
        <translation>计算方法</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>%1 (best)</source>
        <translation>%1（最佳）</translation>
    </message>
    <message>
        <source>Candidate against baseline, on the same pictures: %1.</source>
        <translation>候选与基线相比，在相同的图片上：%1。</translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation>基线</translation>
    </message>
    <message>
        <source>Candidate</source>
        <translation>候选</translation>
    </message>
    <message>
        <source>Difference (95 % interval)</source>
        <translation>差异（95 % 区间）</translation>
    </message>
    <message>
        <source>All figures of this report.</source>
        <translation>此报告的全部指标。</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::ThemeStyle</name>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
</context>
<context>
    <name>patchbay::widgets::ThresholdPage</name>
    <message>
        <source>False alarms %1, found %2, from %3 on</source>
        <translation>误报 %1，找出 %2，概率从 %3 起</translation>
    </message>
    <message>
        <source>Recall %1, precision %2, from %3 on</source>
        <translation>召回率 %1，精确率 %2，概率从 %3 起</translation>
    </message>
    <message>
        <source>The predictions of this report are no longer stored; run the pipeline again to use the slider.</source>
        <translation>此报告的预测已不再存储；再次运行流程即可使用滑块。</translation>
    </message>
    <message>
        <source>The predictions of this report are no longer stored; run the pipeline again.</source>
        <translation>此报告的预测已不再存储；请再次运行流程。</translation>
    </message>
    <message>
        <source>With more than two classes the most probable one counts; there is no threshold to choose.</source>
        <translation>超过两个类别时取最可能的一类；没有阈值可选。</translation>
    </message>
    <message>
        <source>There are no labelled validation pictures; give the Split block a validation share.</source>
        <translation>没有带标签的验证图片；请在“划分”模块中给出验证比例。</translation>
    </message>
    <message>
        <source>False alarms %1, found %2</source>
        <translation>误报 %1，找出 %2</translation>
    </message>
    <message>
        <source>Recall %1, precision %2</source>
        <translation>召回率 %1，精确率 %2</translation>
    </message>
    <message>
        <source>Specificity</source>
        <translation>特异度</translation>
    </message>
    <message>
        <source>the rest</source>
        <translation>其余</translation>
    </message>
    <message>
        <source>On the validation part this gives F1 %1.</source>
        <translation>在验证部分上，F1 为 %1。</translation>
    </message>
    <message>
        <source>On the validation part this gives a balanced accuracy of %1.</source>
        <translation>在验证部分上，平衡准确率为 %1。</translation>
    </message>
    <message>
        <source>On the validation part this gives a precision of %1.</source>
        <translation>在验证部分上，精确率为 %1。</translation>
    </message>
    <message>
        <source>A threshold should be chosen on the validation part: chosen on the test part, the figures there promise too much.</source>
        <translation>阈值应在验证部分上选择：若在测试部分上选择，那里的指标会过于乐观。</translation>
    </message>
    <message>
        <source>Figures of</source>
        <translation>指标针对</translation>
    </message>
    <message>
        <source>To be found</source>
        <translation>要找出的</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Choose on validation:</source>
        <translation>在验证部分上选择：</translation>
    </message>
    <message>
        <source>Best F1</source>
        <translation>F1 最佳</translation>
    </message>
    <message>
        <source>Best balanced accuracy</source>
        <translation>平衡准确率最佳</translation>
    </message>
    <message>
        <source>Recall of at least</source>
        <translation>召回率至少</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Use in the Evaluate block</source>
        <translation>用于“评估”模块</translation>
    </message>
    <message>
        <source>Uses the validation part only.</source>
        <translation>只使用验证部分。</translation>
    </message>
    <message>
        <source>Sets the block&apos;s parameters so that it chooses this threshold on the validation part; run again to see all figures.</source>
        <translation>设置模块的参数，使它在验证部分上选择这个阈值；再次运行即可看到全部指标。</translation>
    </message>
    <message>
        <source>From this probability on a picture counts as positive.</source>
        <translation>概率从此值起，图片算作正类。</translation>
    </message>
    <message>
        <source>Wanted recall</source>
        <translation>指定召回率</translation>
    </message>
    <message>
        <source>Figures at the threshold</source>
        <translation>此阈值下的指标</translation>
    </message>
    <message>
        <source>ROC</source>
        <translation>ROC</translation>
    </message>
    <message>
        <source>Share of the others that are false alarms</source>
        <translation>其他图片中误报的比例</translation>
    </message>
    <message>
        <source>Share of the positives found</source>
        <translation>正类中找出的比例</translation>
    </message>
    <message>
        <source>Precision and recall</source>
        <translation>精确率和召回率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Needs pictures of at least two classes.</source>
        <translation>需要至少两个类别的图片。</translation>
    </message>
</context>
<context>
    <name>plan</name>
    <message>
        <source>{param} changed from {before} to {now}.</source>
        <translation>{param} 从 {before} 变为 {now}。</translation>
    </message>
    <message>
        <source>{param} is new in this version of the block; it is {now}.</source>
        <translation>{param} 是此版本模块新增的；现为 {now}。</translation>
    </message>
    <message>
        <source>{param} is gone; it was {before}.</source>
        <translation>{param} 已不存在；原来是 {before}。</translation>
    </message>
    <message>
        <source>The input {input} is now linked.</source>
        <translation>输入 {input} 现在已连接。</translation>
    </message>
    <message>
        <source>The input {input} is no longer linked.</source>
        <translation>输入 {input} 不再连接。</translation>
    </message>
    <message>
        <source>The input {input} has {n} link(s) instead of {before}.</source>
        <translation>输入 {input} 有 {n} 条连线，原来是 {before} 条。</translation>
    </message>
    <message>
        <source>The input {input} changed.</source>
        <translation>输入 {input} 变了。</translation>
    </message>
    <message>
        <source>The input {input} changed (it comes from {from} and {n} other block(s)).</source>
        <translation>输入 {input} 变了（来自 {from} 和另外 {n} 个模块）。</translation>
    </message>
    <message>
        <source>The input {input} changed (it comes from {from}).</source>
        <translation>输入 {input} 变了（来自 {from}）。</translation>
    </message>
    <message>
        <source>The files it reads changed.</source>
        <translation>它读取的文件变了。</translation>
    </message>
    <message>
        <source>The file {file} changed.</source>
        <translation>文件 {file} 变了。</translation>
    </message>
    <message>
        <source>{n} files changed.</source>
        <translation>{n} 个文件变了。</translation>
    </message>
    <message>
        <source>The file {file} was added.</source>
        <translation>新增了文件 {file}。</translation>
    </message>
    <message>
        <source>{n} files were added.</source>
        <translation>新增了 {n} 个文件。</translation>
    </message>
    <message>
        <source>The file {file} was removed.</source>
        <translation>文件 {file} 被移除。</translation>
    </message>
    <message>
        <source>{n} files were removed.</source>
        <translation>移除了 {n} 个文件。</translation>
    </message>
    <message>
        <source>What it is computed with changed.</source>
        <translation>计算所用的环境变了。</translation>
    </message>
    <message>
        <source>What it is computed with changed: {what} was {before} and is {now}.</source>
        <translation>计算所用的环境变了：{what} 原为 {before}，现为 {now}。</translation>
    </message>
    <message>
        <source>It has not run yet.</source>
        <translation>它还没有运行过。</translation>
    </message>
    <message>
        <source>It was another block ({before}).</source>
        <translation>它原来是另一个模块（{before}）。</translation>
    </message>
    <message>
        <source>This version of the block computes something else than the one before.</source>
        <translation>此版本的模块计算的内容与之前不同。</translation>
    </message>
    <message>
        <source>The seed changed from {before} to {now}.</source>
        <translation>种子从 {before} 变为 {now}。</translation>
    </message>
    <message>
        <source>No block is called &quot;{name}&quot;.</source>
        <translation>没有名为“{name}”的模块。</translation>
    </message>
    <message>
        <source>Did you mean &quot;{close}&quot;?</source>
        <translation>您是指“{close}”吗？</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; does not run: it or a block before it is muted.</source>
        <translation>“{name}”不运行：它或它前面的模块已停用。</translation>
    </message>
    <message>
        <source>Unmute it first.</source>
        <translation>请先启用它。</translation>
    </message>
    <message>
        <source>The loops make {n} steps.</source>
        <translation>循环共有 {n} 个步骤。</translation>
    </message>
    <message>
        <source>Shorten an axis: {max} steps are the most.</source>
        <translation>请缩短一个变量：最多 {max} 个步骤。</translation>
    </message>
    <message>
        <source>A stored plan cannot be read.</source>
        <translation>无法读取存储的计划。</translation>
    </message>
    <message>
        <source>Run the pipeline again; it is then planned anew.</source>
        <translation>请再次运行流程；会重新制定计划。</translation>
    </message>
    <message>
        <source>The blocks are: {names}.</source>
        <translation>模块有：{names}。</translation>
    </message>
</context>
<context>
    <name>portType</name>
    <message>
        <source>data set</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>embedding</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>predictions</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>figure</source>
        <translation>图</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
</context>
<context>
    <name>reason</name>
    <message>
        <source>It has not run in this project yet.</source>
        <translation>它在这个项目里还没有运行过。</translation>
    </message>
    <message>
        <source>It depends on something outside Patchbay, so it always runs.</source>
        <translation>它取决于 Patchbay 之外的内容，所以总要运行。</translation>
    </message>
    <message>
        <source>What it exported is no longer there, or was exported anew by another run.</source>
        <translation>它导出的内容已不在，或被另一次运行重新导出。</translation>
    </message>
    <message>
        <source>Its stored result is no longer complete.</source>
        <translation>它存储的结果不再完整。</translation>
    </message>
    <message>
        <source>Something its result depends on changed.</source>
        <translation>它的结果所依据的内容变了。</translation>
    </message>
    <message>
        <source>It runs if {block} gives another result.</source>
        <translation>如果 {block} 给出不同的结果，它就会运行。</translation>
    </message>
    <message>
        <source>The file {path} was added.</source>
        <translation>新增了文件 {path}。</translation>
    </message>
    <message>
        <source>{n} files were added, for example {path}.</source>
        <translation>新增了 {n} 个文件，例如 {path}。</translation>
    </message>
    <message>
        <source>The file {path} changed.</source>
        <translation>文件 {path} 变了。</translation>
    </message>
    <message>
        <source>{n} files changed, for example {path}.</source>
        <translation>{n} 个文件变了，例如 {path}。</translation>
    </message>
    <message>
        <source>The file {path} is no longer there.</source>
        <translation>文件 {path} 已不在。</translation>
    </message>
    <message>
        <source>{n} files are no longer there, for example {path}.</source>
        <translation>{n} 个文件已不在，例如 {path}。</translation>
    </message>
    <message>
        <source>Its worker crashed; it is tried once more.</source>
        <translation>它的工作进程崩溃了；再试一次。</translation>
    </message>
    <message>
        <source>The engine ended while it ran; it goes on from its checkpoint.</source>
        <translation>引擎在它运行时结束；它从检查点继续。</translation>
    </message>
    <message>
        <source>Files changed while they were read.</source>
        <translation>文件在读取时发生了变化。</translation>
    </message>
    <message>
        <source>The run was cancelled.</source>
        <translation>运行被取消。</translation>
    </message>
    <message>
        <source>It needs {block}, which failed.</source>
        <translation>它需要 {block}，而后者失败了。</translation>
    </message>
    <message>
        <source>It needs {block}, which did not run.</source>
        <translation>它需要 {block}，而后者没有运行。</translation>
    </message>
    <message>
        <source>It still runs since the engine ended; its result is waited for.</source>
        <translation>引擎结束后它仍在运行；正在等待结果。</translation>
    </message>
    <message>
        <source>The disk was full; it goes on from its last checkpoint.</source>
        <translation>磁盘曾满；现从最近的检查点继续。</translation>
    </message>
    <message>
        <source>Its time on the cluster was up; it goes on from its checkpoint.</source>
        <translation>它在集群上的时间已用完，将从检查点继续。</translation>
    </message>
</context>
<context>
    <name>remote</name>
    <message>
        <source>The program {name} is not installed.</source>
        <translation>未安装程序 {name}。</translation>
    </message>
    <message>
        <source>Install the package openssh-client.</source>
        <translation>请安装软件包 openssh-client。</translation>
    </message>
    <message>
        <source>{machine} is a machine of another kind ({system}, {arch}); the worker needs Linux on x86_64.</source>
        <translation>{machine} 是另一种机器（{system}，{arch}）；工作进程需要 x86_64 上的 Linux。</translation>
    </message>
    <message>
        <source>Use a machine with an Intel or AMD processor and Linux.</source>
        <translation>请使用带 Intel 或 AMD 处理器的 Linux 机器。</translation>
    </message>
    <message>
        <source>The C library of {machine} is too old: glibc {there}, and the worker needs {needed}.</source>
        <translation>{machine} 的 C 库太旧：glibc {there}，而工作进程需要 {needed}。</translation>
    </message>
    <message>
        <source>Use a machine with a newer system (Debian 12, Ubuntu 22.10, RHEL 10 or later).</source>
        <translation>请使用系统较新的机器（Debian 12、Ubuntu 22.10、RHEL 10 或更新）。</translation>
    </message>
    <message>
        <source>{machine} lacks {tools}.</source>
        <translation>{machine} 缺少 {tools}。</translation>
    </message>
    <message>
        <source>Ask its administrator to install them.</source>
        <translation>请让其管理员安装。</translation>
    </message>
    <message>
        <source>The folder {folder} on {machine} cannot be written.</source>
        <translation>无法写入 {machine} 上的文件夹 {folder}。</translation>
    </message>
    <message>
        <source>Choose another one: `patchbay machines add ... --folder DIR`.</source>
        <translation>请选择另一个：`patchbay machines add ... --folder DIR`。</translation>
    </message>
    <message>
        <source>There is no room on {machine}: {free} MB are free and {needed} MB are needed.</source>
        <translation>{machine} 上空间不足：剩余 {free} MB，需要 {needed} MB。</translation>
    </message>
    <message>
        <source>Free some space there, or choose another folder: `patchbay machines add ... --folder DIR`.</source>
        <translation>请在那里腾出空间，或选择另一个文件夹：`patchbay machines add ... --folder DIR`。</translation>
    </message>
    <message>
        <source>There is no sbatch on {machine}.</source>
        <translation>{machine} 上没有 sbatch。</translation>
    </message>
    <message>
        <source>Name the cluster&apos;s login node, or add the machine as a plain one: --kind ssh.</source>
        <translation>请填写集群的登录节点，或将其作为普通机器添加：--kind ssh。</translation>
    </message>
    <message>
        <source>Patchbay&apos;s worker of this version is not on {machine} yet; {mb} MB would be sent.</source>
        <translation>{machine} 上还没有此版本的 Patchbay 工作进程；需要发送 {mb} MB。</translation>
    </message>
    <message>
        <source>Send it: `patchbay machines install {machine}`.</source>
        <translation>发送它：`patchbay machines install {machine}`。</translation>
    </message>
    <message>
        <source>The disk of {machine} is full; the worker does not fit.</source>
        <translation>{machine} 的磁盘已满，放不下工作进程。</translation>
    </message>
    <message>
        <source>The worker could not be put in place on {machine}: {said}</source>
        <translation>无法在 {machine} 上安置工作进程：{said}</translation>
    </message>
    <message>
        <source>Check the space and the permissions there, then try again: what was sent is not sent again.</source>
        <translation>请检查那里的空间和权限后重试：已发送的内容不会重复发送。</translation>
    </message>
    <message>
        <source>The worker on the other machine was asked what makes no sense.</source>
        <translation>向另一台机器上的工作进程提出了无意义的请求。</translation>
    </message>
    <message>
        <source>Report this.</source>
        <translation>请报告此问题。</translation>
    </message>
    <message>
        <source>A file arrived on the other machine with other bytes than were sent.</source>
        <translation>到达另一台机器的文件内容与发送的不一致。</translation>
    </message>
    <message>
        <source>Run again; check that machine&apos;s disk if it happens again.</source>
        <translation>请重新运行；如果再次发生，请检查那台机器的磁盘。</translation>
    </message>
    <message>
        <source>&quot;{value}&quot; cannot be the {what} of a machine.</source>
        <translation>“{value}”不能作为机器的 {what}。</translation>
    </message>
    <message>
        <source>Names are letters, digits, dots, dashes and underscores; a folder is absolute and without blanks.</source>
        <translation>名称由字母、数字、点、连字符和下划线组成；文件夹须为不含空格的绝对路径。</translation>
    </message>
    <message>
        <source>There is no machine called {name}.</source>
        <translation>没有名为 {name} 的机器。</translation>
    </message>
    <message>
        <source>Add it first: `patchbay machines add NAME SSH-HOST`.</source>
        <translation>请先添加：`patchbay machines add NAME SSH-HOST`。</translation>
    </message>
    <message>
        <source>There are: local, {names}. Another one is added by `patchbay machines add NAME SSH-HOST`.</source>
        <translation>现有：local、{names}。用 `patchbay machines add NAME SSH-HOST` 添加另一台。</translation>
    </message>
    <message>
        <source>The cluster&apos;s controller does not answer: {said}</source>
        <translation>集群的控制器没有响应：{said}</translation>
    </message>
    <message>
        <source>It is tried again by itself; ask the cluster&apos;s administrators when this lasts.</source>
        <translation>会自动重试；如果持续如此，请询问集群管理员。</translation>
    </message>
    <message>
        <source>The cluster refused the job: {said}</source>
        <translation>集群拒绝了作业：{said}</translation>
    </message>
    <message>
        <source>Check partition, account, time and resources of the machine: `patchbay machines test NAME`.</source>
        <translation>请检查该机器的分区、账户、时间和资源：`patchbay machines test NAME`。</translation>
    </message>
    <message>
        <source>It was cancelled.</source>
        <translation>它被取消了。</translation>
    </message>
    <message>
        <source>Run again to go on.</source>
        <translation>它被取消了。</translation>
    </message>
    <message>
        <source>{step} needed more memory than the {mb} MB it had asked the cluster for.</source>
        <translation>{step} 需要的内存超过了向集群申请的 {mb} MB。</translation>
    </message>
    <message>
        <source>Give the machine more memory (`patchbay machines add ... --memory MB`), or use a smaller batch.</source>
        <translation>请为该机器申请更多内存（`patchbay machines add ... --memory MB`），或使用更小的批次。</translation>
    </message>
    <message>
        <source>{step} ran into the time limit of the cluster.</source>
        <translation>{step} 达到了集群的时间限制。</translation>
    </message>
    <message>
        <source>Ask for more time (`patchbay machines add ... --time`), or choose a partition with a longer limit.</source>
        <translation>请申请更长的时间（`patchbay machines add ... --time`），或选择时限更长的分区。</translation>
    </message>
    <message>
        <source>The node that ran {step} failed.</source>
        <translation>运行 {step} 的节点发生故障。</translation>
    </message>
    <message>
        <source>Run again; it goes on from its last checkpoint.</source>
        <translation>请重新运行；它会从最后的检查点继续。</translation>
    </message>
    <message>
        <source>{step} had to make room for a more important job.</source>
        <translation>{step} 不得不为更重要的作业让位。</translation>
    </message>
    <message>
        <source>It goes on from its last checkpoint in a new job.</source>
        <translation>它会在新作业中从最后的检查点继续。</translation>
    </message>
    <message>
        <source>Somebody cancelled {step} on the cluster.</source>
        <translation>有人在集群上取消了 {step}。</translation>
    </message>
    <message>
        <source>Ask the cluster&apos;s administrators if it was not you, then run again.</source>
        <translation>如果不是您本人所为，请询问集群管理员，然后重新运行。</translation>
    </message>
    <message>
        <source>{step} gave no sign of life on the cluster.</source>
        <translation>{step} 在集群上没有任何活动迹象。</translation>
    </message>
    <message>
        <source>{step} ended on the cluster without a result ({state}, exit code {code}, signal {signal}).</source>
        <translation>{step} 在集群上结束但没有结果（{state}，退出码 {code}，信号 {signal}）。</translation>
    </message>
    <message>
        <source>See the attempt&apos;s log, then run again; it goes on from its last checkpoint.</source>
        <translation>请查看该次尝试的日志后重新运行；它会从最后的检查点继续。</translation>
    </message>
    <message>
        <source>ssh does not know the host {host}.</source>
        <translation>ssh 不认识主机 {host}。</translation>
    </message>
    <message>
        <source>Check the name; `Host {host}` in ~/.ssh/config says where it is. The network may be gone as well.</source>
        <translation>请检查名称；~/.ssh/config 中的 `Host {host}` 指明它的位置。也可能是网络断开了。</translation>
    </message>
    <message>
        <source>The host key of {host} is not the one that is known.</source>
        <translation>{host} 的主机密钥与已知的不同。</translation>
    </message>
    <message>
        <source>It was set up anew, or somebody stands between. Ask who runs it; then `ssh-keygen -R {host}` and `ssh {host}` once.</source>
        <translation>它可能被重新安装，也可能有人从中拦截。请询问其管理者；然后运行 `ssh-keygen -R {host}` 和一次 `ssh {host}`。</translation>
    </message>
    <message>
        <source>The host {host} was never connected to: its key is not known.</source>
        <translation>从未连接过主机 {host}：其密钥未知。</translation>
    </message>
    <message>
        <source>Run `ssh {host}` once and compare the key it shows.</source>
        <translation>请运行一次 `ssh {host}` 并核对显示的密钥。</translation>
    </message>
    <message>
        <source>{host} wants a password, or does not know your key.</source>
        <translation>{host} 要求密码，或不认识您的密钥。</translation>
    </message>
    <message>
        <source>Run `ssh-copy-id {host}` once; with a passphrase on the key also `ssh-add`.</source>
        <translation>请运行一次 `ssh-copy-id {host}`；如果密钥有口令，还需运行 `ssh-add`。</translation>
    </message>
    <message>
        <source>{host} does not answer: {said}</source>
        <translation>{host} 没有响应：{said}</translation>
    </message>
    <message>
        <source>Check that it is switched on and that the network is there: `ssh {host}`.</source>
        <translation>请检查它是否开机、网络是否畅通：`ssh {host}`。</translation>
    </message>
    <message>
        <source>ssh could not connect to {host}: {said}</source>
        <translation>ssh 无法连接到 {host}：{said}</translation>
    </message>
    <message>
        <source>Try `ssh {host}` in a terminal; what works there works here.</source>
        <translation>请在终端中试试 `ssh {host}`；在那里可行，在这里就可行。</translation>
    </message>
    <message>
        <source>{host} answered what is not Patchbay&apos;s worker: {said}</source>
        <translation>{host} 的回答不是来自 Patchbay 工作进程：{said}</translation>
    </message>
    <message>
        <source>Try `ssh {host} true`: the account needs a login shell that runs commands and says nothing else.</source>
        <translation>请试试 `ssh {host} true`：该账户需要能运行命令且不输出其他内容的登录 shell。</translation>
    </message>
    <message>
        <source>The worker on the other machine does not know this request.</source>
        <translation>另一台机器上的工作进程不认识此请求。</translation>
    </message>
    <message>
        <source>Check that it runs this version: `patchbay machines test NAME`.</source>
        <translation>请检查它运行的是否为此版本：`patchbay machines test NAME`。</translation>
    </message>
    <message>
        <source>The other machine sent what cannot be read.</source>
        <translation>另一台机器发来的内容无法读取。</translation>
    </message>
    <message>
        <source>The result on the other machine is not this job&apos;s.</source>
        <translation>另一台机器上的结果不属于此任务。</translation>
    </message>
    <message>
        <source>Run again.</source>
        <translation>请再运行一次。</translation>
    </message>
    <message>
        <source>The disk of {machine} is full.</source>
        <translation>{machine} 的磁盘已满。</translation>
    </message>
    <message>
        <source>Free some space there, for example with `patchbay machines clean {machine}`, and run again; it goes on from its last checkpoint.</source>
        <translation>请在那里腾出空间，例如用 `patchbay machines clean {machine}`，然后重新运行；它会从最后的检查点继续。</translation>
    </message>
    <message>
        <source>The other machine does not answer.</source>
        <translation>另一台机器没有响应。</translation>
    </message>
    <message>
        <source>It is connected to again by itself.</source>
        <translation>会自动重新连接。</translation>
    </message>
    <message>
        <source>A file arrived from the other machine with other bytes than it has there.</source>
        <translation>从另一台机器到达的文件内容与那里的不一致。</translation>
    </message>
    <message>
        <source>Waiting in the cluster&apos;s queue ({reason})</source>
        <translation>正在集群队列中等待（{reason}）</translation>
    </message>
    <message>
        <source>Check that it is switched on and that the network is there.</source>
        <translation>请检查它是否开机、网络是否畅通。</translation>
    </message>
    <message>
        <source>Waiting: {machine} cannot store what the job asked for ({cause}); it is tried again by itself</source>
        <translation>等待中：{machine} 无法保存作业所需的内容（{cause}）；会自动重试</translation>
    </message>
    <message>
        <source>Waiting for room on this machine&apos;s disk, to bring back the result; free some space</source>
        <translation>等待本机磁盘腾出空间以取回结果；请释放一些空间</translation>
    </message>
    <message>
        <source>The cluster started {step} twice, and the one that worked was stopped.</source>
        <translation>集群把 {step} 启动了两次，而正在工作的那个被停止了。</translation>
    </message>
</context>
<context>
    <name>report</name>
    <message>
        <source>train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>{width} x {height} pixels, RGB</source>
        <translation>{width} x {height} 像素，RGB</translation>
    </message>
    <message>
        <source>Pretrained weights</source>
        <translation>预训练权重</translation>
    </message>
    <message>
        <source>{source}, licence {licence}</source>
        <translation>{source}，许可证 {licence}</translation>
    </message>
    <message>
        <source>SHA-256 of {file}</source>
        <translation>{file} 的 SHA-256</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>模型概况</translation>
    </message>
    <message>
        <source>Data and split</source>
        <translation>数据与划分</translation>
    </message>
    <message>
        <source>The Export block was not given the data set.</source>
        <translation>导出模块没有连接数据集。</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>图片数</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>class {name}</source>
        <translation>类别 {name}</translation>
    </message>
    <message>
        <source>part {name}</source>
        <translation>{name}部分</translation>
    </message>
    <message>
        <source>Digest of the data set: {digest}</source>
        <translation>数据集摘要：{digest}</translation>
    </message>
    <message>
        <source>block</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>settings that were chosen</source>
        <translation>所选设置</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>pipeline.json; `patchbay reproduce` repeats it</source>
        <translation>pipeline.json；`patchbay reproduce` 可重新运行</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>No report was connected to the Export block: there are no measured figures.</source>
        <translation>导出模块没有连接评估报告：没有测得的指标。</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95 % 区间</translation>
    </message>
    <message>
        <source>figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>computed by</source>
        <translation>计算方法</translation>
    </message>
    <message>
        <source>On the part &quot;{part}&quot;, which took no part in training.</source>
        <translation>基于“{part}”部分，该部分未参与训练。</translation>
    </message>
    <message>
        <source>class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Parts of the pictures</source>
        <translation>各部分图片</translation>
    </message>
    <message>
        <source>How often the model is right on parts of the same pictures. An interval that does not reach the figure of all pictures is a reason to look; among many parts one in twenty does so by chance.</source>
        <translation>模型在同一批图片的各个部分上判断正确的比例。若区间不包含全部图片的数值，值得查看；部分较多时，每二十个中就有一个是偶然如此。</translation>
    </message>
    <message>
        <source>by</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>right</source>
        <translation>正确数</translation>
    </message>
    <message>
        <source>share right</source>
        <translation>正确率</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>confidence</source>
        <translation>置信度</translation>
    </message>
    <message>
        <source>mean confidence</source>
        <translation>平均置信度</translation>
    </message>
    <message>
        <source>Worst mistakes</source>
        <translation>最严重的错误</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>is</source>
        <translation>实际为</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>预测为</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>Size and speed</source>
        <translation>大小与速度</translation>
    </message>
    <message>
        <source>The export is from before this was measured; model_card.md has some figures.</source>
        <translation>此导出早于这项测量；model_card.md 中有部分数据。</translation>
    </message>
    <message>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>accuracy on validation</source>
        <translation>验证准确率</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>median ms</source>
        <translation>中位毫秒数</translation>
    </message>
    <message>
        <source>95th percentile ms</source>
        <translation>第 95 百分位毫秒数</translation>
    </message>
    <message>
        <source>pictures/s</source>
        <translation>图片/秒</translation>
    </message>
    <message>
        <source>{processor}, {n} thread(s).</source>
        <translation>{processor}，{n} 个线程。</translation>
    </message>
    <message>
        <source>OpenVINO on model.onnx against LibTorch on the network: {n} input(s), largest difference {difference} of 1 + |y|.</source>
        <translation>OpenVINO 运行 model.onnx 与 LibTorch 运行原网络对比：{n} 个输入，最大差异为 1 + |y| 的 {difference}。</translation>
    </message>
    <message>
        <source>Limits of use</source>
        <translation>使用限制</translation>
    </message>
    <message>
        <source>The figures hold for pictures like those of the data; other cameras, light or objects need a test of their own.</source>
        <translation>指标只适用于与数据相似的图片；其他相机、光照或物体需要另行测试。</translation>
    </message>
    <message>
        <source>The model answers with labels it knows, also for pictures of something else.</source>
        <translation>即使图片中是别的东西，模型也只会给出它认识的标签。</translation>
    </message>
    <message>
        <source>Times are those of the machine named; others differ.</source>
        <translation>时间是在所述机器上测得的；其他机器会有所不同。</translation>
    </message>
    <message>
        <source>The export knows nothing of the pictures it was trained on: what is unlike them is not marked.</source>
        <translation>此导出不了解训练它的图片：不会标记与之不相似的图片。</translation>
    </message>
    <message>
        <source>Pictures unlike {reference} training pictures are marked; of {n} {part} pictures {share} % raised no warning.</source>
        <translation>与 {reference} 张训练图片不相似的图片会被标记；在 {n} 张{part}图片中，{share} % 没有触发警告。</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>`sha256sum` in the export checks each</source>
        <translation>在导出文件夹中用 `sha256sum` 可逐一核对</translation>
    </message>
    <message>
        <source>classification</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>multi-label</source>
        <translation>多标签分类</translation>
    </message>
    <message>
        <source>features</source>
        <translation>特征</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>predicted class</source>
        <translation>预测类别</translation>
    </message>
    <message>
        <source>true class</source>
        <translation>实际类别</translation>
    </message>
    <message>
        <source>ROC curve</source>
        <translation>ROC 曲线</translation>
    </message>
    <message>
        <source>true positive rate</source>
        <translation>真正率</translation>
    </message>
    <message>
        <source>false positive rate</source>
        <translation>假正率</translation>
    </message>
</context>
<context>
    <name>reproduce</name>
    <message>
        <source>Not the same: the data.</source>
        <translation>不相同：数据。</translation>
    </message>
    <message>
        <source>Not the same: the seed.</source>
        <translation>不相同：随机种子。</translation>
    </message>
    <message>
        <source>Not the same: the machine and the libraries.</source>
        <translation>不相同：机器和程序库。</translation>
    </message>
    <message>
        <source>Not the same: the pretrained weights.</source>
        <translation>不相同：预训练权重。</translation>
    </message>
    <message>
        <source>Not the same: the pipeline.</source>
        <translation>不相同：流程。</translation>
    </message>
    <message>
        <source>Not the same: the thresholds.</source>
        <translation>不相同：阈值。</translation>
    </message>
    <message>
        <source>Data, seed, libraries, machine and pipeline are the same: something in the run is not repeatable. Please report it.</source>
        <translation>数据、种子、程序库、机器和流程都相同：运行中有不可重复之处。请报告此问题。</translation>
    </message>
    <message>
        <source>Data: the same pictures and labels.</source>
        <translation>数据：图片和标签相同。</translation>
    </message>
    <message>
        <source>Data: other pictures or labels.</source>
        <translation>数据：图片或标签不同。</translation>
    </message>
    <message>
        <source>Figures: the export has none.</source>
        <translation>指标：导出中没有。</translation>
    </message>
    <message>
        <source>Figures: all the same.</source>
        <translation>指标：全部相同。</translation>
    </message>
    <message>
        <source>Figures: {n} differ.</source>
        <translation>指标：{n} 个不同。</translation>
    </message>
    <message>
        <source>Weights: the same bytes.</source>
        <translation>权重：字节相同。</translation>
    </message>
    <message>
        <source>Weights: other bytes.</source>
        <translation>权重：字节不同。</translation>
    </message>
    <message>
        <source>Model: the same bytes.</source>
        <translation>模型：字节相同。</translation>
    </message>
    <message>
        <source>Model: the same weights, but what is written beside them differs.</source>
        <translation>模型：权重相同，但旁边写入的内容不同。</translation>
    </message>
    <message>
        <source>Model: other bytes.</source>
        <translation>模型：字节不同。</translation>
    </message>
</context>
<context>
    <name>results</name>
    <message>
        <source>{n} picture(s)</source>
        <translation>{n} 张图片</translation>
    </message>
    <message>
        <source>All pictures</source>
        <translation>全部图片</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>In no part</source>
        <translation>不属于任何部分</translation>
    </message>
    <message>
        <source>%1 (%2 to %3)</source>
        <translation>%1（%2 到 %3）</translation>
    </message>
    <message>
        <source>{n} picture(s) chosen</source>
        <translation>选中 {n} 张图片</translation>
    </message>
    <message>
        <source>The {n} most confident mistake(s)</source>
        <translation>最有把握的 {n} 个错误</translation>
    </message>
    <message>
        <source>{n} run(s)</source>
        <translation>{n} 次运行</translation>
    </message>
    <message>
        <source>%1 of the part &quot;%2&quot;, %3 classes.</source>
        <translation>“%2”部分的 %1，%3 个类别。</translation>
    </message>
    <message>
        <source>To be found: &quot;%1&quot;, from a probability of %2 on.</source>
        <translation>要找出的是“%1”，概率从 %2 起。</translation>
    </message>
</context>
<context>
    <name>run</name>
    <message>
        <source>A job or its result cannot be read ({what}).</source>
        <translation>无法读取任务或其结果（{what}）。</translation>
    </message>
    <message>
        <source>Run the pipeline again; what is missing is done anew.</source>
        <translation>请再次运行流程；缺少的会重新计算。</translation>
    </message>
    <message>
        <source>{path} may not be read.</source>
        <translation>没有读取 {path} 的权限。</translation>
    </message>
    <message>
        <source>Allow your user to read it, or choose another one.</source>
        <translation>请允许您的用户读取它，或另选一个。</translation>
    </message>
    <message>
        <source>The folder {path} does not exist.</source>
        <translation>文件夹 {path} 不存在。</translation>
    </message>
    <message>
        <source>Choose the folder again; was it moved or renamed, or is its disk not connected?</source>
        <translation>请重新选择文件夹；它是否被移动或重命名，或所在磁盘未连接？</translation>
    </message>
    <message>
        <source>The file {path} does not exist.</source>
        <translation>文件 {path} 不存在。</translation>
    </message>
    <message>
        <source>Choose the file again; was it moved or renamed, or is its disk not connected?</source>
        <translation>请重新选择文件；它是否被移动或重命名，或所在磁盘未连接？</translation>
    </message>
    <message>
        <source>{path} is not a folder.</source>
        <translation>{path} 不是文件夹。</translation>
    </message>
    <message>
        <source>Choose a folder.</source>
        <translation>请选择文件夹。</translation>
    </message>
    <message>
        <source>{path} is a folder, not a file.</source>
        <translation>{path} 是文件夹，不是文件。</translation>
    </message>
    <message>
        <source>Choose a file.</source>
        <translation>请选择文件。</translation>
    </message>
    <message>
        <source>The folder {path} is empty.</source>
        <translation>文件夹 {path} 是空的。</translation>
    </message>
    <message>
        <source>Put your files into it, or choose another one.</source>
        <translation>请放入您的文件，或另选一个。</translation>
    </message>
    <message>
        <source>The file {path} is empty.</source>
        <translation>文件 {path} 是空的。</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>请另选一个。</translation>
    </message>
</context>
<context>
    <name>schema</name>
    <message>
        <source>The description of the block {block} cannot be read: {what}.</source>
        <translation>无法读取模块 {block} 的描述：{what}。</translation>
    </message>
    <message>
        <source>Engine, worker and packs must come from one version; install the pack or Patchbay again.</source>
        <translation>引擎、工作程序和扩展包必须来自同一版本；请重新安装扩展包或 Patchbay。</translation>
    </message>
</context>
<context>
    <name>serve</name>
    <message>
        <source>Send the pictures as the files of a form, as `curl -F picture=@FILE` does.</source>
        <translation>请像 `curl -F picture=@FILE` 那样，把图片作为表单文件发送。</translation>
    </message>
    <message>
        <source>The form does not say where its parts end.</source>
        <translation>表单没有说明各部分的边界。</translation>
    </message>
    <message>
        <source>The form has no beginning.</source>
        <translation>表单没有开头。</translation>
    </message>
    <message>
        <source>A part of the form has no head.</source>
        <translation>表单的某一部分没有头部。</translation>
    </message>
    <message>
        <source>The form ends in the middle of a part.</source>
        <translation>表单在某一部分中间就结束了。</translation>
    </message>
    <message>
        <source>The form has more than {n} part(s).</source>
        <translation>表单超过 {n} 个部分。</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; cannot be the name of a model.</source>
        <translation>“{name}”不能作为模型名称。</translation>
    </message>
    <message>
        <source>Give it one: NAME=FOLDER.</source>
        <translation>请指定名称：NAME=FOLDER。</translation>
    </message>
    <message>
        <source>Two models would be called &quot;{name}&quot;.</source>
        <translation>有两个模型都会叫“{name}”。</translation>
    </message>
    <message>
        <source>Give one of them another name: NAME=FOLDER.</source>
        <translation>请给其中一个另取名称：NAME=FOLDER。</translation>
    </message>
    <message>
        <source>There is nothing at this address.</source>
        <translation>此地址没有内容。</translation>
    </message>
    <message>
        <source>GET /openapi.json says what there is.</source>
        <translation>GET /openapi.json 会说明有哪些内容。</translation>
    </message>
    <message>
        <source>This address does not take such a request.</source>
        <translation>此地址不接受这种请求。</translation>
    </message>
    <message>
        <source>Use {method}.</source>
        <translation>请使用 {method}。</translation>
    </message>
    <message>
        <source>The request is meant for another machine.</source>
        <translation>此请求指向另一台机器。</translation>
    </message>
    <message>
        <source>Use the address that `patchbay serve` printed, or start it with --allow-host.</source>
        <translation>请使用 `patchbay serve` 显示的地址，或用 --allow-host 启动。</translation>
    </message>
    <message>
        <source>Pages of other addresses may not ask.</source>
        <translation>其他地址的网页不能发送请求。</translation>
    </message>
    <message>
        <source>Ask from a program, or from the test page.</source>
        <translation>请从程序或测试页面发送请求。</translation>
    </message>
    <message>
        <source>The token is missing or wrong.</source>
        <translation>令牌缺失或错误。</translation>
    </message>
    <message>
        <source>Send the header &quot;Authorization: Bearer TOKEN&quot;.</source>
        <translation>请发送请求头“Authorization: Bearer TOKEN”。</translation>
    </message>
    <message>
        <source>The address cannot be read.</source>
        <translation>无法识别此地址。</translation>
    </message>
    <message>
        <source>There is no model &quot;{name}&quot;.</source>
        <translation>没有名为“{name}”的模型。</translation>
    </message>
    <message>
        <source>GET /v1/models lists those there are.</source>
        <translation>GET /v1/models 会列出现有模型。</translation>
    </message>
    <message>
        <source>Compressed bodies are not taken.</source>
        <translation>不接受压缩的正文。</translation>
    </message>
    <message>
        <source>Send the body as it is.</source>
        <translation>请发送未压缩的正文。</translation>
    </message>
    <message>
        <source>Send {&quot;pictures&quot;: [&quot;base64 of a picture file&quot;, ...]}.</source>
        <translation>请发送 {&quot;pictures&quot;: [&quot;图片文件的 base64&quot;, ...]}。</translation>
    </message>
    <message>
        <source>The body is no JSON.</source>
        <translation>正文不是 JSON。</translation>
    </message>
    <message>
        <source>The body is no JSON object.</source>
        <translation>正文不是 JSON 对象。</translation>
    </message>
    <message>
        <source>There are more than {n} picture(s) in the request.</source>
        <translation>请求中的图片超过 {n} 张。</translation>
    </message>
    <message>
        <source>Send them in several requests.</source>
        <translation>请分多次请求发送。</translation>
    </message>
    <message>
        <source>A picture is not written in base64.</source>
        <translation>有一张图片不是 base64 编码。</translation>
    </message>
    <message>
        <source>There is no picture in the request.</source>
        <translation>请求中没有图片。</translation>
    </message>
    <message>
        <source>Send the bytes of a picture file, a form with files, or JSON with base64.</source>
        <translation>请发送图片文件的字节、带文件的表单，或含 base64 的 JSON。</translation>
    </message>
    <message>
        <source>Port {port} of {host} cannot be opened: {why}.</source>
        <translation>无法打开 {host} 的端口 {port}：{why}。</translation>
    </message>
    <message>
        <source>Choose another one with --port; --port 0 takes any that is free.</source>
        <translation>请用 --port 另选端口；--port 0 会选用任意空闲端口。</translation>
    </message>
    <message>
        <source>Choose an address of this machine.</source>
        <translation>请选择本机的地址。</translation>
    </message>
    <message>
        <source>&quot;{host}&quot; is no address.</source>
        <translation>“{host}”不是地址。</translation>
    </message>
    <message>
        <source>Give an address of this machine in numbers, such as 0.0.0.0 for all of them.</source>
        <translation>请以数字形式给出本机地址，例如 0.0.0.0 表示全部地址。</translation>
    </message>
    <message>
        <source>Other machines could ask without a token.</source>
        <translation>其他机器将无需令牌即可发送请求。</translation>
    </message>
    <message>
        <source>Give a file with a token: --token-file FILE. Or leave --host out, for this machine alone.</source>
        <translation>请提供令牌文件：--token-file FILE。或不使用 --host，仅供本机使用。</translation>
    </message>
    <message>
        <source>The request cannot be understood: {why}.</source>
        <translation>无法理解此请求：{why}。</translation>
    </message>
    <message>
        <source>Send HTTP/1.1, with a header and a body within the limits.</source>
        <translation>请发送 HTTP/1.1 请求，且请求头和正文不超过限制。</translation>
    </message>
    <message>
        <source>The length of the body is told twice.</source>
        <translation>正文长度被说明了两次。</translation>
    </message>
    <message>
        <source>Send Content-Length or Transfer-Encoding, not both.</source>
        <translation>请只发送 Content-Length 或 Transfer-Encoding 之一。</translation>
    </message>
    <message>
        <source>Too many pictures are waiting.</source>
        <translation>等待处理的图片太多。</translation>
    </message>
    <message>
        <source>Come again after the seconds that Retry-After says.</source>
        <translation>请在 Retry-After 所示的秒数之后重试。</translation>
    </message>
    <message>
        <source>The body is too large.</source>
        <translation>正文太大。</translation>
    </message>
    <message>
        <source>The body came too slowly.</source>
        <translation>正文传输太慢。</translation>
    </message>
    <message>
        <source>The body cannot be understood.</source>
        <translation>无法理解正文。</translation>
    </message>
    <message>
        <source>The request has more pictures than may wait.</source>
        <translation>请求中的图片数超过了可等待的数量。</translation>
    </message>
    <message>
        <source>The first line of the token file is no token.</source>
        <translation>令牌文件的第一行不是令牌。</translation>
    </message>
    <message>
        <source>Write one of 16 characters or more without spaces, for example with `openssl rand -hex 32`.</source>
        <translation>请写入至少 16 个字符、不含空格的令牌，例如用 `openssl rand -hex 32` 生成。</translation>
    </message>
    <message>
        <source>Send at most {n} MB, without pausing.</source>
        <translation>请发送不超过 {n} MB 的内容，中途不要停顿。</translation>
    </message>
    <message>
        <source>There is no folder {path}.</source>
        <translation>没有文件夹 {path}。</translation>
    </message>
    <message>
        <source>Make it, or name another one.</source>
        <translation>请创建它，或指定另一个文件夹。</translation>
    </message>
    <message>
        <source>Another process is writing into {path}.</source>
        <translation>另一个进程正在写入 {path}。</translation>
    </message>
    <message>
        <source>Wait for it to end, or choose another folder for the results.</source>
        <translation>请等它结束，或为结果选择另一个文件夹。</translation>
    </message>
</context>
<context>
    <name>set</name>
    <message>
        <source>&quot;{text}&quot; cannot be read.</source>
        <translation>无法读取“{text}”。</translation>
    </message>
    <message>
        <source>Write --set name.param=value, for example --set probe.folds=5.</source>
        <translation>请写 --set name.param=value，例如 --set probe.folds=5。</translation>
    </message>
    <message>
        <source>No block is called &quot;{name}&quot;.</source>
        <translation>没有名为“{name}”的模块。</translation>
    </message>
    <message>
        <source>The blocks are: {names}.</source>
        <translation>模块有：{names}。</translation>
    </message>
    <message>
        <source>Did you mean &quot;{close}&quot;?</source>
        <translation>您是指“{close}”吗？</translation>
    </message>
    <message>
        <source>The block type &quot;{type}&quot; is not installed, so nothing can be set.</source>
        <translation>没有安装模块类型“{type}”，因此不能设置。</translation>
    </message>
    <message>
        <source>Install the pack it comes from.</source>
        <translation>请安装它所在的扩展包。</translation>
    </message>
    <message>
        <source>{target} takes its values from the loop.</source>
        <translation>{target} 的值来自循环。</translation>
    </message>
    <message>
        <source>Set the loop instead: --set {loop}=[...].</source>
        <translation>请改为设置循环：--set {loop}=[...]。</translation>
    </message>
    <message>
        <source>The loop &quot;{loop}&quot; has no axis &quot;{axis}&quot;.</source>
        <translation>循环“{loop}”没有变量“{axis}”。</translation>
    </message>
    <message>
        <source>See `patchbay check` for the loops of this pipeline.</source>
        <translation>此流程的循环请看 `patchbay check`。</translation>
    </message>
    <message>
        <source>&quot;{text}&quot; is neither a list nor a count.</source>
        <translation>“{text}”既不是列表也不是次数。</translation>
    </message>
    <message>
        <source>Write --set {loop}=[[a,1],[b,2]]: a list of lists, one entry for each parameter.</source>
        <translation>请写 --set {loop}=[[a,1],[b,2]]：列表的列表，每个参数一项。</translation>
    </message>
    <message>
        <source>Write --set {loop}=0,1,2 or --set {loop}=[0,1,2], or a number of passes.</source>
        <translation>请写 --set {loop}=0,1,2 或 --set {loop}=[0,1,2]，或者一个次数。</translation>
    </message>
</context>
<context>
    <name>slice</name>
    <message>
        <source>size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>group</source>
        <translation>组</translation>
    </message>
    <message>
        <source>wide</source>
        <translation>横向</translation>
    </message>
    <message>
        <source>tall</source>
        <translation>纵向</translation>
    </message>
    <message>
        <source>square</source>
        <translation>方形</translation>
    </message>
    <message>
        <source>dark, {low} to {high}</source>
        <translation>暗，{low} 至 {high}</translation>
    </message>
    <message>
        <source>middle, {low} to {high}</source>
        <translation>中等，{low} 至 {high}</translation>
    </message>
    <message>
        <source>bright, {low} to {high}</source>
        <translation>亮，{low} 至 {high}</translation>
    </message>
    <message>
        <source>shorter side {low} to {high} pixels</source>
        <translation>短边 {low} 至 {high} 像素</translation>
    </message>
    <message>
        <source>shorter side {low} pixels</source>
        <translation>短边 {low} 像素</translation>
    </message>
</context>
<context>
    <name>store</name>
    <message>
        <source>A stored object is missing ({digest}).</source>
        <translation>缺少一个存储的对象（{digest}）。</translation>
    </message>
    <message>
        <source>Run the pipeline again; what is missing is made anew.</source>
        <translation>请再次运行流程；缺少的会重新生成。</translation>
    </message>
    <message>
        <source>A stored object no longer has the bytes it was stored with ({digest}).</source>
        <translation>一个存储的对象与存入时的字节不同（{digest}）。</translation>
    </message>
    <message>
        <source>Run the pipeline again; it is made anew. If this happens often, check the disk.</source>
        <translation>请再次运行流程；它会重新生成。若经常发生，请检查磁盘。</translation>
    </message>
</context>
<context>
    <name>studio</name>
    <message>
        <source>Choose pictures</source>
        <translation>选择图片</translation>
    </message>
    <message>
        <source>The project was closed.</source>
        <translation>项目已关闭。</translation>
    </message>
    <message>
        <source>Open it again.</source>
        <translation>请重新打开。</translation>
    </message>
    <message>
        <source>The engine of this project is not connected.</source>
        <translation>这个项目的引擎没有连接。</translation>
    </message>
    <message>
        <source>Wait until it is back, or choose &quot;Connect again&quot; at the bottom of the window.</source>
        <translation>请等它恢复，或点窗口底部的“重新连接”。</translation>
    </message>
    <message>
        <source>The project cannot be marked as open: {cause}.</source>
        <translation>无法把项目标记为已打开：{cause}。</translation>
    </message>
    <message>
        <source>Check that $XDG_RUNTIME_DIR or /tmp can be written.</source>
        <translation>请检查 $XDG_RUNTIME_DIR 或 /tmp 是否可写。</translation>
    </message>
    <message>
        <source>There are too many projects of that name.</source>
        <translation>这个名称的项目太多了。</translation>
    </message>
    <message>
        <source>Remove some, or choose another projects folder in the preferences.</source>
        <translation>请删除一些，或在首选项中选择另一个项目文件夹。</translation>
    </message>
    <message>
        <source>{path} is not there any more.</source>
        <translation>{path} 已不在那里。</translation>
    </message>
    <message>
        <source>If it was moved, open it from where it is now.</source>
        <translation>如果它被移动了，请从现在的位置打开。</translation>
    </message>
    <message>
        <source>Set the threshold</source>
        <translation>设置阈值</translation>
    </message>
    <message>
        <source>The block that made this model is no longer in the pipeline.</source>
        <translation>生成这个模型的模块已不在流程中。</translation>
    </message>
    <message>
        <source>Undo its removal, or choose another model.</source>
        <translation>请撤销删除，或选择另一个模型。</translation>
    </message>
    <message>
        <source>Export the model</source>
        <translation>导出模型</translation>
    </message>
    <message>
        <source>Export the model again.</source>
        <translation>请重新导出模型。</translation>
    </message>
    <message>
        <source>The block that reads these pictures is not installed.</source>
        <translation>没有安装读取这些图片的模块。</translation>
    </message>
    <message>
        <source>Install Patchbay again; its blocks are in lib/patchbay/packs.</source>
        <translation>请重新安装 Patchbay；它的模块在 lib/patchbay/packs 中。</translation>
    </message>
    <message>
        <source>{path} cannot be copied: {why}.</source>
        <translation>无法复制 {path}：{why}。</translation>
    </message>
    <message>
        <source>Make room on the disk of the project, or leave the pictures where they are.</source>
        <translation>请在项目所在磁盘腾出空间，或把图片留在原处。</translation>
    </message>
    <message>
        <source>Copying was stopped.</source>
        <translation>复制已停止。</translation>
    </message>
    <message>
        <source>Import again to go on.</source>
        <translation>再次导入即可继续。</translation>
    </message>
    <message>
        <source>Import pictures</source>
        <translation>导入图片</translation>
    </message>
    <message>
        <source>Warn of unlike pictures</source>
        <translation>对不同的图片发出警告</translation>
    </message>
    <message>
        <source>Use added pictures</source>
        <translation>使用新增图片</translation>
    </message>
    <message>
        <source>The {language} demo of this export was changed.</source>
        <translation>此导出中的 {language} 示例程序已被修改。</translation>
    </message>
    <message>
        <source>Train on the data set</source>
        <translation>用数据集训练</translation>
    </message>
    <message>
        <source>The block that reads the project&apos;s data set is not installed.</source>
        <translation>没有安装读取项目数据集的模块。</translation>
    </message>
    <message>
        <source>{n} picture(s) out of a report</source>
        <translation>报告中的 {n} 张图片</translation>
    </message>
    <message>
        <source>{n} chosen picture(s)</source>
        <translation>{n} 张所选图片</translation>
    </message>
    <message>
        <source>about %1 errors expected among them (%2 to %3)</source>
        <translation>预计其中约有 %1 个错误（%2 至 %3）</translation>
    </message>
    <message>
        <source>Label of a picture taken away</source>
        <translation>已去掉一张图片的标签</translation>
    </message>
    <message>
        <source>Picture labelled {class}</source>
        <translation>图片已标注为 {class}</translation>
    </message>
    <message>
        <source>Shapes copied from another picture</source>
        <translation>已从另一张图片复制形状</translation>
    </message>
    <message>
        <source>{n} change(s)</source>
        <translation>{n} 处更改</translation>
    </message>
    <message>
        <source>{n} label(s)</source>
        <translation>{n} 个标签</translation>
    </message>
    <message>
        <source>{n} picture(s) added by hand</source>
        <translation>{n} 张手动添加的图片</translation>
    </message>
    <message>
        <source>Picture added that a model got wrong</source>
        <translation>已添加一张模型判断错误的图片</translation>
    </message>
    <message>
        <source>{n} picture(s) of the gallery</source>
        <translation>图库中的 {n} 张图片</translation>
    </message>
    <message>
        <source>{n} picture(s) a model was unsure about</source>
        <translation>{n} 张模型不确定的图片</translation>
    </message>
    <message>
        <source>Pictures a model was unsure about</source>
        <translation>模型不确定的图片</translation>
    </message>
    <message>
        <source>{path} is not an exported model: it has no model.onnx.</source>
        <translation>{path} 不是导出的模型：其中没有 model.onnx。</translation>
    </message>
    <message>
        <source>Give the folder that the Export block wrote.</source>
        <translation>请给出“导出”模块写出的文件夹。</translation>
    </message>
    <message>
        <source>{path} does not say which pipeline made it.</source>
        <translation>{path} 没有说明由哪个流程生成。</translation>
    </message>
    <message>
        <source>Models that Patchbay exports carry their pipeline; others can be used as a block.</source>
        <translation>Patchbay 导出的模型带有其流程；其他模型可作为模块使用。</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 % (%2 to %3)</source>
        <translation>%1 %（%2 至 %3）</translation>
    </message>
    <message>
        <source>None of them takes at most %1 ms for one picture, 19 times of 20. The fastest is %2 with %3 ms.</source>
        <translation>没有一个能在 20 次中有 19 次对一张图片至多用 %1 毫秒。最快的是 %2，为 %3 毫秒。</translation>
    </message>
    <message>
        <source>Within %1 ms the fastest is %2 with %3 ms; none of those within the limit says how accurate it is.</source>
        <translation>在 %1 毫秒内最快的是 %2，为 %3 毫秒；上限之内的都没有给出准确率。</translation>
    </message>
    <message>
        <source>Within %1 ms take %2: accuracy %3, and 19 of 20 pictures take at most %4 ms with %5 thread(s).</source>
        <translation>在 %1 毫秒内请用 %2：准确率 %3，用 %5 个线程时 20 张图片中有 19 张至多需 %4 毫秒。</translation>
    </message>
    <message>
        <source>{n} picture(s) came into the data set, with the model&apos;s word as suggestion.</source>
        <translation>{n} 张图片进入了数据集，模型的判断作为建议。</translation>
    </message>
    <message>
        <source>There are too many pipelines of that name.</source>
        <translation>同名流程太多。</translation>
    </message>
    <message>
        <source>Remove some of the folder pipelines in the project.</source>
        <translation>请删除项目中 pipelines 文件夹里的一些。</translation>
    </message>
    <message>
        <source>The program patchbay did not answer.</source>
        <translation>程序 patchbay 没有回答。</translation>
    </message>
    <message>
        <source>Try again; if it stays so, install Patchbay again.</source>
        <translation>请重试;如果仍然如此,请重新安装 Patchbay。</translation>
    </message>
    <message>
        <source>The program patchbay is not beside the Studio.</source>
        <translation>程序 patchbay 不在 Studio 旁边。</translation>
    </message>
    <message>
        <source>Install Patchbay again.</source>
        <translation>请重新安装 Patchbay。</translation>
    </message>
    <message>
        <source>It was stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>What was sent already is not sent again the next time.</source>
        <translation>已经发送的部分下次不会再发送。</translation>
    </message>
</context>
<context>
    <name>template</name>
    <message>
        <source>Classify my pictures</source>
        <translation>给我的图片分类</translation>
    </message>
    <message>
        <source>Classify pictures</source>
        <translation>图片分类</translation>
    </message>
    <message>
        <source>Classify pictures with few labels</source>
        <translation>用少量标签给图片分类</translation>
    </message>
    <message>
        <source>Classify with few labels</source>
        <translation>少量标签分类</translation>
    </message>
    <message>
        <source>Compare backbones</source>
        <translation>比较骨干网络</translation>
    </message>
    <message>
        <source>Compare models</source>
        <translation>比较模型</translation>
    </message>
    <message>
        <source>Evidence on solar cells</source>
        <translation>太阳能电池片上的证据</translation>
    </message>
    <message>
        <source>Finds defective solar cells on electroluminescence pictures: fine-tunes a pretrained network on 2,624 photographs and exports it.</source>
        <translation>在电致发光图片上找出有缺陷的太阳能电池片：在 2,624 张照片上微调预训练网络并导出。</translation>
    </message>
    <message>
        <source>Inspect solar cells</source>
        <translation>检查太阳能电池片</translation>
    </message>
    <message>
        <source>Learns from ten labelled pictures of each class on features of a pretrained network: seconds.</source>
        <translation>用预训练网络的特征，从每类十张带标签的图片学习：几秒钟。</translation>
    </message>
    <message>
        <source>Predict a folder</source>
        <translation>预测一个文件夹</translation>
    </message>
    <message>
        <source>Prove how good a method is</source>
        <translation>证明一种方法有多好</translation>
    </message>
    <message>
        <source>Says what is on every picture of a folder with an exported model, and writes a table.</source>
        <translation>用导出的模型说明文件夹中每张图片是什么，并写出表格。</translation>
    </message>
    <message>
        <source>Trains a classifier on a folder of your own pictures, one sub-folder for each class, and exports it.</source>
        <translation>用您自己的图片文件夹训练分类器（每个类别一个子文件夹）并导出。</translation>
    </message>
    <message>
        <source>Trains the same linear probe on three pretrained networks and says which is best on your pictures.</source>
        <translation>在三个预训练网络上训练同样的线性探测，说明哪个最适合您的图片。</translation>
    </message>
    <message>
        <source>Use a model</source>
        <translation>使用模型</translation>
    </message>
    <message>
        <source>a folder of pictures and an exported model</source>
        <translation>一个图片文件夹和一个导出的模型</translation>
    </message>
    <message>
        <source>a folder with one sub-folder of pictures for each class</source>
        <translation>一个文件夹，每个类别一个图片子文件夹</translation>
    </message>
    <message>
        <source>about 1 min on two cores</source>
        <translation>两个核心上约 1 分钟</translation>
    </message>
    <message>
        <source>about 10 s for 500 pictures on two cores</source>
        <translation>两个核心上 500 张图片约 10 秒</translation>
    </message>
    <message>
        <source>about 2 min for 500 pictures on two cores</source>
        <translation>两个核心上 500 张图片约 2 分钟</translation>
    </message>
    <message>
        <source>about 3 min for 500 pictures on two cores</source>
        <translation>两个核心上 500 张图片约 3 分钟</translation>
    </message>
    <message>
        <source>nothing: runs on the sample; choose your own folder afterwards</source>
        <translation>什么都不需要：用示例图片运行；之后可换成您自己的文件夹</translation>
    </message>
    <message>
        <source>nothing: the pictures come with the installation</source>
        <translation>什么都不需要：图片随安装提供</translation>
    </message>
    <message>
        <source>about %1 s</source>
        <translation>约 %1 秒</translation>
    </message>
    <message>
        <source>about %1 min</source>
        <translation>约 %1 分钟</translation>
    </message>
    <message>
        <source>about %1 h</source>
        <translation>约 %1 小时</translation>
    </message>
    <message>
        <source>%1 on this machine</source>
        <translation>在这台机器上 %1</translation>
    </message>
    <message>
        <source>%1 on this machine for %2 pictures</source>
        <translation>在这台机器上 %1（%2 张图片）</translation>
    </message>
    <message>
        <source>Cross-validates linear probes and fine-tuning on the solar cells at 288 pixels: five folds, several seeds, and the paired difference on the same folds.</source>
        <translation>以 288 像素在太阳能电池片上交叉验证线性探测和微调：五折、多个种子，以及相同折上的配对差异。</translation>
    </message>
    <message>
        <source>about 75 min on two cores</source>
        <translation>两个核心上约 75 分钟</translation>
    </message>
    <message>
        <source>about 5 min on two cores</source>
        <translation>两个核心上约 5 分钟</translation>
    </message>
    <message>
        <source>Choose your folder here: the names of its sub-folders are the labels that are checked. Nothing in it is changed.</source>
        <translation>在这里选择您的文件夹：其子文件夹的名称就是要检查的标签。文件夹中的内容不会改变。</translation>
    </message>
    <message>
        <source>Choose your folder here: the names of its sub-folders become the classes. Pictures in a sub-folder named &quot;unlabeled&quot; are only predicted.</source>
        <translation>在这里选择您的文件夹：其子文件夹的名称就是类别。名为“unlabeled”的子文件夹中的图片只做预测。</translation>
    </message>
    <message>
        <source>Each block tells what it found by itself; &quot;Findings&quot; has all of it in one list to work through.</source>
        <translation>每个模块各自给出发现；“发现”把全部内容合为一个可逐项处理的列表。</translation>
    </message>
    <message>
        <source>Each label gets its own threshold, chosen on the validation part; it goes into the export and its demos.</source>
        <translation>每个标签都有自己的阈值，在验证部分上选出；它会写进导出的模型及其演示程序。</translation>
    </message>
    <message>
        <source>Each picture is one cell; its label is the probability that it is defective, judged by experts. One half and above counts as defective.</source>
        <translation>每张图片是一个电池片；其标签是专家判断的缺陷概率，大于等于一半视为有缺陷。</translation>
    </message>
    <message>
        <source>Find label errors</source>
        <translation>查找标签错误</translation>
    </message>
    <message>
        <source>Find several labels in a picture</source>
        <translation>在一张图片中找出多个标签</translation>
    </message>
    <message>
        <source>Fine-tuned</source>
        <translation>微调后</translation>
    </message>
    <message>
        <source>Fine-tuned against probe</source>
        <translation>微调与线性探测对比</translation>
    </message>
    <message>
        <source>Five seeds, five folds</source>
        <translation>五个种子，五折</translation>
    </message>
    <message>
        <source>Flips and quarter turns leave a cell&apos;s class unchanged, so eight views of every picture are used.</source>
        <translation>翻转和旋转 90 度不改变电池片的类别，因此每张图片使用八种视角。</translation>
    </message>
    <message>
        <source>For each network</source>
        <translation>对每个网络</translation>
    </message>
    <message>
        <source>Last level</source>
        <translation>最后一层</translation>
    </message>
    <message>
        <source>Linear probe, last level</source>
        <translation>线性探测，最后一层</translation>
    </message>
    <message>
        <source>Linear probe, several levels</source>
        <translation>线性探测，多层</translation>
    </message>
    <message>
        <source>Looks through a folder of pictures for labels that are likely wrong, pictures that are there twice and pictures unlike all others.</source>
        <translation>在图片文件夹中查找可能有误的标签、重复的图片和与其他都不同的图片。</translation>
    </message>
    <message>
        <source>New pipeline</source>
        <translation>新流程</translation>
    </message>
    <message>
        <source>One line a picture, one column a label: 1 has it, 0 has not, empty is not known. Choose your own table and name its label columns.</source>
        <translation>每行一张图片，每列一个标签：1 表示有，0 表示没有，空着表示未知。请选择你自己的表格，并写出其中的标签列。</translation>
    </message>
    <message>
        <source>One yes or no for each label. Rare labels count as much as common ones, because &quot;Balance classes&quot; is on.</source>
        <translation>对每个标签回答是或否。“平衡类别”已打开，因此稀有标签与常见标签同样重要。</translation>
    </message>
    <message>
        <source>Only these pictures keep their label for training; the test part keeps all of them, so the figures are honest.</source>
        <translation>只有这些图片保留标签用于训练；测试部分保留全部标签，因此数字真实可信。</translation>
    </message>
    <message>
        <source>Says of each picture which of several labels it has, any number of them, with a threshold for each: here whether a solar cell is defective, of which kind it is, and whether the experts were unsure.</source>
        <translation>判断每张图片带有几个标签中的哪些，数量不限，每个标签各有阈值：这里判断太阳能电池是否有缺陷、属于哪一类，以及专家是否拿不准。</translation>
    </message>
    <message>
        <source>Several labels a picture</source>
        <translation>一张图片多个标签</translation>
    </message>
    <message>
        <source>Several levels</source>
        <translation>多层</translation>
    </message>
    <message>
        <source>Solar cells</source>
        <translation>太阳能电池片</translation>
    </message>
    <message>
        <source>Three seeds, five folds</source>
        <translation>三个种子，五折</translation>
    </message>
    <message>
        <source>about 1 min for 2000 pictures on two cores</source>
        <translation>双核上 2000 张图片约 1 分钟</translation>
    </message>
    <message>
        <source>about 2 min on two cores</source>
        <translation>双核约 2 分钟</translation>
    </message>
    <message>
        <source>nothing: runs on the sample; choose your own table afterwards</source>
        <translation>无需准备：直接用示例运行；之后再选择你自己的表格</translation>
    </message>
</context>
<context>
    <name>torch</name>
    <message>
        <source>Stopped on request.</source>
        <translation>已按要求停止。</translation>
    </message>
    <message>
        <source>Run it again to go on.</source>
        <translation>再运行一次即可继续。</translation>
    </message>
    <message>
        <source>There is not enough memory for this network at this batch size.</source>
        <translation>内存不足以用这个批量运行此网络。</translation>
    </message>
    <message>
        <source>Choose a smaller batch or smaller pictures, or train the last stages only.</source>
        <translation>请减小批量或图片尺寸，或只训练最后几个阶段。</translation>
    </message>
    <message>
        <source>LibTorch failed: {message}</source>
        <translation>LibTorch 失败：{message}</translation>
    </message>
    <message>
        <source>Please report this together with the pipeline.</source>
        <translation>请连同流程一起报告此问题。</translation>
    </message>
    <message>
        <source>The checkpoint was made with another network, other settings or other data.</source>
        <translation>检查点由另一个网络、另一组设置或另一些数据生成。</translation>
    </message>
    <message>
        <source>Train again from the start.</source>
        <translation>请从头训练。</translation>
    </message>
    <message>
        <source>A batch does not have the size the network expects.</source>
        <translation>一批数据的大小与网络要求不符。</translation>
    </message>
    <message>
        <source>Change this setting of the training.</source>
        <translation>请更改训练的这项设置。</translation>
    </message>
    <message>
        <source>The network has no output to train.</source>
        <translation>网络没有可以训练的输出。</translation>
    </message>
    <message>
        <source>The network&apos;s first output is not one row of numbers for each picture.</source>
        <translation>网络的第一个输出没有为每张图片给出一行数字。</translation>
    </message>
    <message>
        <source>There are no examples to train on.</source>
        <translation>没有可供训练的样本。</translation>
    </message>
    <message>
        <source>The batch must hold at least one picture.</source>
        <translation>批量至少要有一张图片。</translation>
    </message>
    <message>
        <source>Training needs at least one epoch or step.</source>
        <translation>训练至少需要一轮或一步。</translation>
    </message>
    <message>
        <source>{value} is outside the range of &quot;{name}&quot;.</source>
        <translation>{value} 超出“{name}”的范围。</translation>
    </message>
    <message>
        <source>There must be one class weight for each of the {n} class(es).</source>
        <translation>{n} 个类别必须各有一个类别权重。</translation>
    </message>
    <message>
        <source>Class weights are numbers from 0 up.</source>
        <translation>类别权重是大于或等于 0 的数。</translation>
    </message>
    <message>
        <source>Learning rates are numbers from 0 up, one for each stage, and not all 0.</source>
        <translation>学习率是大于或等于 0 的数，每个阶段一个，不能全为 0。</translation>
    </message>
    <message>
        <source>The network has no stage &quot;{stage}&quot;.</source>
        <translation>网络没有阶段“{stage}”。</translation>
    </message>
    <message>
        <source>The libraries for training on a GPU cannot be loaded: {why}.</source>
        <translation>无法加载 GPU 训练所用的程序库：{why}。</translation>
    </message>
    <message>
        <source>Install NVIDIA&apos;s libraries with the setup program, or choose the device &quot;cpu&quot;.</source>
        <translation>请用安装程序安装 NVIDIA 的程序库，或选择设备 &quot;cpu&quot;。</translation>
    </message>
    <message>
        <source>&quot;{device}&quot; is not a device.</source>
        <translation>“{device}”不是设备。</translation>
    </message>
    <message>
        <source>Use &quot;cpu&quot;, or &quot;cuda:0&quot; for the first GPU.</source>
        <translation>请使用 &quot;cpu&quot;，或用 &quot;cuda:0&quot; 表示第一块 GPU。</translation>
    </message>
    <message>
        <source>This machine has no NVIDIA GPU that answers.</source>
        <translation>这台机器没有可用的 NVIDIA GPU。</translation>
    </message>
    <message>
        <source>Choose the device &quot;cpu&quot;, or install NVIDIA&apos;s driver.</source>
        <translation>请选择设备 &quot;cpu&quot;，或安装 NVIDIA 驱动。</translation>
    </message>
    <message>
        <source>GPU {index} was asked for, and {n} GPU(s) answer.</source>
        <translation>要求使用 GPU {index}，而可用的有 {n} 块。</translation>
    </message>
    <message>
        <source>Choose one that is there; GPUs are counted from 0.</source>
        <translation>请选择存在的 GPU；编号从 0 开始。</translation>
    </message>
    <message>
        <source>Training diverged: the loss is no longer a number after {n} step(s).</source>
        <translation>训练发散：{n} 步之后损失不再是数字。</translation>
    </message>
    <message>
        <source>Choose a lower learning rate, or limit the gradients&apos; norm.</source>
        <translation>请降低学习率，或限制梯度的范数。</translation>
    </message>
    <message>
        <source>Another process of this training has ended or does not answer.</source>
        <translation>这次训练的另一个进程已结束或没有响应。</translation>
    </message>
    <message>
        <source>See the logs of the attempt; run again to go on from the last checkpoint.</source>
        <translation>请查看这次尝试的日志；再次运行即可从最近的检查点继续。</translation>
    </message>
    <message>
        <source>&quot;{what}&quot; is no place in a group of processes.</source>
        <translation>“{what}”不是进程组中的有效位置。</translation>
    </message>
    <message>
        <source>Start the training with Patchbay, or set PATCHBAY_RANK, PATCHBAY_WORLD and PATCHBAY_STORE.</source>
        <translation>请用 Patchbay 启动训练，或设置 PATCHBAY_RANK、PATCHBAY_WORLD 和 PATCHBAY_STORE。</translation>
    </message>
    <message>
        <source>The other processes of this training did not come: {what}</source>
        <translation>这次训练的其他进程没有到齐：{what}</translation>
    </message>
    <message>
        <source>See the logs of the attempt, then run again.</source>
        <translation>请查看这次尝试的日志，然后再次运行。</translation>
    </message>
    <message>
        <source>Another process of this training failed.</source>
        <translation>这次训练的另一个进程失败了。</translation>
    </message>
    <message>
        <source>See the logs of the attempt.</source>
        <translation>请查看这次尝试的日志。</translation>
    </message>
    <message>
        <source>A batch of {n} picture(s) cannot be divided among {ranks} processes.</source>
        <translation>一批 {n} 张图片无法分给 {ranks} 个进程。</translation>
    </message>
    <message>
        <source>Choose a larger batch or fewer processes.</source>
        <translation>请选择更大的批次或更少的进程。</translation>
    </message>
</context>
<context>
    <name>vision</name>
    <message>
        <source>Mirror left and right</source>
        <translation>左右镜像</translation>
    </message>
    <message>
        <source>Not for text, or where left and right mean something.</source>
        <translation>不适用于文字，或左右有含义的图片。</translation>
    </message>
    <message>
        <source>Mirror top and bottom</source>
        <translation>上下镜像</translation>
    </message>
    <message>
        <source>For pictures without an up, such as parts seen from above.</source>
        <translation>适用于没有上下之分的图片，例如从上方拍摄的零件。</translation>
    </message>
    <message>
        <source>Quarter turns</source>
        <translation>90 度旋转</translation>
    </message>
    <message>
        <source>Turns by 0, 90, 180 or 270 degrees; pictures that are not square by 0 or 180.</source>
        <translation>旋转 0、90、180 或 270 度；非正方形图片旋转 0 或 180 度。</translation>
    </message>
    <message>
        <source>Rotate</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>Turns about the centre; corners become grey.</source>
        <translation>绕中心旋转；四角变为灰色。</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>角度</translation>
    </message>
    <message>
        <source>Shear</source>
        <translation>错切</translation>
    </message>
    <message>
        <source>Slants the picture, as a camera seen from the side does.</source>
        <translation>让图片倾斜，如同相机从侧面拍摄。</translation>
    </message>
    <message>
        <source>Sideways</source>
        <translation>水平</translation>
    </message>
    <message>
        <source>Upright</source>
        <translation>竖直</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>平移</translation>
    </message>
    <message>
        <source>Moves the picture; what is uncovered becomes grey.</source>
        <translation>移动图片；露出的部分变为灰色。</translation>
    </message>
    <message>
        <source>Up and down</source>
        <translation>上下</translation>
    </message>
    <message>
        <source>Crop and enlarge</source>
        <translation>裁剪并放大</translation>
    </message>
    <message>
        <source>A random part, enlarged to the full size. Too small a part can lose the defect that the label speaks of.</source>
        <translation>随机的一部分，放大到完整尺寸。部分太小可能丢失标签所指的缺陷。</translation>
    </message>
    <message>
        <source>Part of the area</source>
        <translation>面积比例</translation>
    </message>
    <message>
        <source>Change of the sides&apos; ratio</source>
        <translation>边长比例的变化</translation>
    </message>
    <message>
        <source>Erase a rectangle</source>
        <translation>擦除矩形</translation>
    </message>
    <message>
        <source>Fills a random rectangle with noise, so that no single spot decides. Not for small defects.</source>
        <translation>用噪声填充随机矩形，使任何单个位置都不能决定结果。不适用于小缺陷。</translation>
    </message>
    <message>
        <source>Ratio of its sides</source>
        <translation>矩形的边长比例</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>Other exposure: 1 keeps it.</source>
        <translation>不同的曝光：1 保持不变。</translation>
    </message>
    <message>
        <source>Factor</source>
        <translation>系数</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>对比度</translation>
    </message>
    <message>
        <source>About the mean grey: 1 keeps it.</source>
        <translation>围绕平均灰度：1 保持不变。</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>饱和度</translation>
    </message>
    <message>
        <source>0 is grey, 1 keeps it. Grey pictures stay as they are.</source>
        <translation>0 为灰色，1 保持不变。灰度图片不变。</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>色相</translation>
    </message>
    <message>
        <source>Turns the colour circle. Not where colour decides the class.</source>
        <translation>转动色环。颜色决定类别时不要使用。</translation>
    </message>
    <message>
        <source>Without colour</source>
        <translation>去除颜色</translation>
    </message>
    <message>
        <source>Makes the network look at shapes.</source>
        <translation>使网络关注形状。</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>锐度</translation>
    </message>
    <message>
        <source>0 smooths, 1 keeps, 2 sharpens.</source>
        <translation>0 变平滑，1 不变，2 变锐利。</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>模糊</translation>
    </message>
    <message>
        <source>A picture out of focus.</source>
        <translation>对焦不准的图片。</translation>
    </message>
    <message>
        <source>Radius</source>
        <translation>半径</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>Grain of a sensor in poor light.</source>
        <translation>弱光下传感器的颗粒。</translation>
    </message>
    <message>
        <source>Standard deviation, of 255</source>
        <translation>标准差（满值 255）</translation>
    </message>
    <message>
        <source>Fewer shades</source>
        <translation>减少色阶</translation>
    </message>
    <message>
        <source>Keeps only the upper bits of every channel.</source>
        <translation>每个通道只保留高位。</translation>
    </message>
    <message>
        <source>Bits kept</source>
        <translation>保留的位数</translation>
    </message>
    <message>
        <source>Solarize</source>
        <translation>曝光反转</translation>
    </message>
    <message>
        <source>Inverts everything above a threshold; strong, for large data sets.</source>
        <translation>反转阈值以上的所有像素；较强，适合大数据集。</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Equalize</source>
        <translation>均衡化</translation>
    </message>
    <message>
        <source>Spreads the shades evenly.</source>
        <translation>把色阶均匀展开。</translation>
    </message>
    <message>
        <source>Automatic contrast</source>
        <translation>自动对比度</translation>
    </message>
    <message>
        <source>Stretches every channel to the full range.</source>
        <translation>把每个通道拉伸到全范围。</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>反相</translation>
    </message>
    <message>
        <source>A negative; where dark-on-light and light-on-dark both occur.</source>
        <translation>负片；适合深底浅字和浅底深字都会出现的情况。</translation>
    </message>
    <message>
        <source>JPEG artefacts</source>
        <translation>JPEG 伪影</translation>
    </message>
    <message>
        <source>Compressed and unpacked again.</source>
        <translation>压缩后再解压。</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>TrivialAugmentWide</source>
        <translation>TrivialAugmentWide</translation>
    </message>
    <message>
        <source>One random operation of fourteen at a random strength. A good start from 20 pictures a class; nothing to tune.</source>
        <translation>从十四种操作中随机取一种，强度随机。每类 20 张以上时是很好的起点；无需调节。</translation>
    </message>
    <message>
        <source>There is no augmentation &quot;{name}&quot;.</source>
        <translation>没有名为“{name}”的增强。</translation>
    </message>
    <message>
        <source>Choose one of the list, such as hflip, rotate or brightness.</source>
        <translation>请从列表中选择，例如 hflip、rotate 或 brightness。</translation>
    </message>
    <message>
        <source>The probability of &quot;{name}&quot; is not between 0 and 1.</source>
        <translation>“{name}”的概率不在 0 和 1 之间。</translation>
    </message>
    <message>
        <source>Give a number from 0 (never) to 1 (always).</source>
        <translation>请给出 0（从不）到 1（总是）之间的数。</translation>
    </message>
    <message>
        <source>The range &quot;{key}&quot; of &quot;{name}&quot; cannot be used.</source>
        <translation>“{name}”的范围“{key}”不能使用。</translation>
    </message>
    <message>
        <source>Give [from, to] within {lo} and {hi}.</source>
        <translation>请在 {lo} 和 {hi} 之间给出 [从, 到]。</translation>
    </message>
    <message>
        <source>Remove it: this augmentation has no such parameter.</source>
        <translation>请去掉它：这种增强没有这个参数。</translation>
    </message>
    <message>
        <source>The picture has no pixels: its header says {w} x {h}.</source>
        <translation>图片没有像素：文件头写着 {w} x {h}。</translation>
    </message>
    <message>
        <source>Save it again from the program that made it, or leave it out.</source>
        <translation>请用生成它的程序重新保存，或不使用它。</translation>
    </message>
    <message>
        <source>The picture&apos;s header asks for {w} x {h} pixels; at most {max} million pixels and {side} a side are read.</source>
        <translation>图片文件头要求 {w} x {h} 像素；最多读取 {max} 百万像素，每边 {side}。</translation>
    </message>
    <message>
        <source>If the size is real, cut the picture into tiles or save a smaller copy; otherwise the file is damaged, leave it out.</source>
        <translation>如果尺寸属实，请把图片切块或保存较小的副本；否则文件已损坏，请不使用它。</translation>
    </message>
    <message>
        <source>The {format} file ends before the picture does.</source>
        <translation>{format} 文件在图片结束之前就中断了。</translation>
    </message>
    <message>
        <source>Copy the file again from its source, or leave it out.</source>
        <translation>请从来源重新复制文件，或不使用它。</translation>
    </message>
    <message>
        <source>The {format} file is damaged: {detail}.</source>
        <translation>{format} 文件已损坏：{detail}。</translation>
    </message>
    <message>
        <source>Copy the file again from its source, or open and save it in an image program, or leave it out.</source>
        <translation>请从来源重新复制文件，或在图像程序中打开并保存，或不使用它。</translation>
    </message>
    <message>
        <source>This kind of {format} file is not read: {detail}.</source>
        <translation>不读取这种 {format} 文件：{detail}。</translation>
    </message>
    <message>
        <source>Save the picture as PNG or as 8- or 16-bit TIFF in an image program.</source>
        <translation>请在图像程序中把图片保存为 PNG，或 8 位、16 位的 TIFF。</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>文件是空的。</translation>
    </message>
    <message>
        <source>Copy it again from its source, or leave it out.</source>
        <translation>请从来源重新复制，或不使用它。</translation>
    </message>
    <message>
        <source>The file is not a picture in a format that is read.</source>
        <translation>文件不是可读取格式的图片。</translation>
    </message>
    <message>
        <source>Use JPEG, PNG, BMP, WebP or TIFF. The name does not count, the content does: open the file in an image program and save it in one of these formats.</source>
        <translation>请使用 JPEG、PNG、BMP、WebP 或 TIFF。看的是内容而不是文件名：请在图像程序中打开文件，并保存成这些格式之一。</translation>
    </message>
    <message>
        <source>There is not enough memory to decode a picture of {w} x {h} pixels.</source>
        <translation>内存不足以解码 {w} x {h} 像素的图片。</translation>
    </message>
    <message>
        <source>Close other programs, use fewer threads, or save a smaller copy of the picture.</source>
        <translation>请关闭其他程序，减少线程，或保存较小的副本。</translation>
    </message>
    <message>
        <source>The picture could not be written as {format}: {detail}.</source>
        <translation>无法把图片写成 {format}：{detail}。</translation>
    </message>
    <message>
        <source>Try a smaller picture; if it stays, report the picture&apos;s size.</source>
        <translation>请换小一些的图片；若仍然如此，请报告图片的尺寸。</translation>
    </message>
    <message>
        <source>Reading the pictures was stopped.</source>
        <translation>读取图片已停止。</translation>
    </message>
    <message>
        <source>Start it again to go on.</source>
        <translation>再次启动即可继续。</translation>
    </message>
    <message>
        <source>There is not enough memory to load the picture.</source>
        <translation>内存不足以载入图片。</translation>
    </message>
    <message>
        <source>Use fewer threads or smaller batches.</source>
        <translation>请减少线程或批量。</translation>
    </message>
    <message>
        <source>The picture could not be loaded: {why}.</source>
        <translation>无法载入图片：{why}。</translation>
    </message>
    <message>
        <source>Leave the picture out and report it.</source>
        <translation>请不使用该图片，并报告此问题。</translation>
    </message>
    <message>
        <source>The preprocessing record&apos;s &quot;{key}&quot; cannot be used.</source>
        <translation>预处理记录中的“{key}”不能使用。</translation>
    </message>
    <message>
        <source>Give a whole number from 1 to 4096.</source>
        <translation>请给出 1 到 4096 的整数。</translation>
    </message>
    <message>
        <source>Give three numbers above 0, on the 0 to 255 scale.</source>
        <translation>请给出三个大于 0 的数，按 0 到 255 的尺度。</translation>
    </message>
    <message>
        <source>Give three numbers, on the 0 to 255 scale.</source>
        <translation>请给出三个数，按 0 到 255 的尺度。</translation>
    </message>
    <message>
        <source>Give a map with resize, size, crop, interpolation, mean, std and scaled_decode.</source>
        <translation>请给出包含 resize、size、crop、interpolation、mean、std 和 scaled_decode 的键值表。</translation>
    </message>
    <message>
        <source>Give &quot;short-side&quot; or &quot;squash&quot;.</source>
        <translation>请给出 &quot;short-side&quot; 或 &quot;squash&quot;。</translation>
    </message>
    <message>
        <source>Give &quot;bicubic&quot; or &quot;bilinear&quot;.</source>
        <translation>请给出 &quot;bicubic&quot; 或 &quot;bilinear&quot;。</translation>
    </message>
    <message>
        <source>Give true or false.</source>
        <translation>请给出 true 或 false。</translation>
    </message>
    <message>
        <source>The short side must be at least as long as the crop: raise size or lower crop.</source>
        <translation>短边不得小于裁剪尺寸：请增大 size 或减小 crop。</translation>
    </message>
    <message>
        <source>A newer request replaced this one.</source>
        <translation>较新的请求取代了此请求。</translation>
    </message>
    <message>
        <source>Nothing needs to be done.</source>
        <translation>无需任何操作。</translation>
    </message>
    <message>
        <source>The box lies outside the picture, or is empty.</source>
        <translation>边框在图片之外，或为空。</translation>
    </message>
    <message>
        <source>Draw it around the object.</source>
        <translation>请围绕物体画出边框。</translation>
    </message>
</context>
<context>
    <name>worker</name>
    <message>
        <source>{path} is missing.</source>
        <translation>缺少 {path}。</translation>
    </message>
    <message>
        <source>Build or install Patchbay again.</source>
        <translation>请重新构建或安装 Patchbay。</translation>
    </message>
    <message>
        <source>The agent was started with arguments that make no sense.</source>
        <translation>代理进程的启动参数无意义。</translation>
    </message>
    <message>
        <source>Report this.</source>
        <translation>请报告此问题。</translation>
    </message>
    <message>
        <source>{path} cannot be written: {why}.</source>
        <translation>无法写入 {path}：{why}。</translation>
    </message>
    <message>
        <source>Choose another place, or make room on the disk.</source>
        <translation>请换一个位置，或在磁盘上腾出空间。</translation>
    </message>
</context>
</TS>
